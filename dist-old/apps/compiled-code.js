import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
/**
 * Keeps what V8 compiles beside the build, so that the next start need not compile it again: 0.15 s of 0.55 s of
 * modules. Holds for what is imported after the call. A folder that cannot be written to only means no cache.
 */ export const keepCompiledCode = ()=>void enableCompileCache(fileURLToPath(new URL('../.compiled', import.meta.url)));

//# sourceMappingURL=compiled-code.js.map