export * from './schedule-validation.js';
export { breathing } from './breathing.js';

//# sourceMappingURL=index.js.map