export { askAgain, isRefusal } from './ask-again.js';

//# sourceMappingURL=index.js.map