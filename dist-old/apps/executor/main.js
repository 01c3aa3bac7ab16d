import { keepCompiledCode } from '../compiled-code.js';
keepCompiledCode();
await import('./work.js');

//# sourceMappingURL=main.js.map