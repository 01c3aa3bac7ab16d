export * from './inbox.js';
export * from './uploads.js';
