/**
 * Where a thread's module is. A thread cannot load sources as they stand (they have aliases and decorators): from there,
 * the build's is taken.
 */ export const threadModule = (name)=>new URL(`${import.meta.url.endsWith('.ts') ? '../../dist/libs/wiring' : '.'}/${name}.js`, import.meta.url);

//# sourceMappingURL=thread-module.js.map