export { beginAuthorization, exchangeCode } from './authorization.js';
export { openCallback } from './callback.js';

//# sourceMappingURL=index.js.map