import type { Connector } from './kit/index.js';
import { netflixExport } from './netflix-export/index.js';
import { spotifyWebapi } from './spotify-webapi/index.js';

/** All connectors of the house. A new provider is one folder and its name here. */
export const connectors: readonly Connector[] = [spotifyWebapi, netflixExport];

export * from './engine/index.js';
export * from './kit/index.js';
export { createNetflixExport, netflixExport } from './netflix-export/index.js';
export { spotifyWebapi } from './spotify-webapi/index.js';
