export * from './bench.js';
export * from './netflix-files.js';
export * from './spotify-grants.js';
export * from './spotify-plays.js';
export * from './spotify-stand-in.js';
export * from './trouble.js';
export * from './zip-writer.js';
export * from './rig.js';
