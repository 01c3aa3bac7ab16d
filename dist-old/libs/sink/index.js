export * from './memory-sink.js';
export * from './sqlite-sink.js';

//# sourceMappingURL=index.js.map