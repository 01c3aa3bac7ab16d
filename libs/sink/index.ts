export * from './memory-sink.js';
export * from './records.js';
export * from './sqlite-sink.js';
