export * from './request-key.js';
export * from './actors.js';
export * from './aggregate.js';
export * from './command.js';
export type { Follow, FollowUp } from './follow-up.js';
export type { Asked, Together } from './together.js';
