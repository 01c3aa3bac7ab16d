export * from './attempts.js';
export * from './decide.js';
export { countsInVersion, evolveWebhook } from './evolve.js';
export * from './filter.js';
export * from './webhook.js';

//# sourceMappingURL=index.js.map