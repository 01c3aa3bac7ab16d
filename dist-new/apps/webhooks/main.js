import { keepCompiledCode } from '../compiled-code.js';
keepCompiledCode();
await import('./deliver.js');

//# sourceMappingURL=main.js.map