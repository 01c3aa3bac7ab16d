export * from './amazon-files.js';
export * from './bench.js';
export * from './chatgpt-files.js';
export * from './netflix-files.js';
export * from './openai-books.js';
export * from './openai-stand-in.js';
export * from './plaid-items.js';
export * from './plaid-stand-in.js';
export * from './spotify-grants.js';
export * from './spotify-plays.js';
export * from './spotify-stand-in.js';
export * from './trouble.js';
export * from './zip-writer.js';
export * from './rig.js';

//# sourceMappingURL=index.js.map