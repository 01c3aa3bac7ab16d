import { keepCompiledCode } from '../compiled-code.js';
keepCompiledCode();
await import('./run.js');

//# sourceMappingURL=main.js.map