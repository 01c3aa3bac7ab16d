import { amazonExport } from './amazon-export/index.js';
import { bankPlaid } from './bank-plaid/index.js';
import { chatgptExport } from './chatgpt-export/index.js';
import { httpJson } from './http-json/index.js';
import { netflixExport } from './netflix-export/index.js';
import { openaiOrgCosts } from './openai-org-costs/index.js';
import { spotifyExport } from './spotify-export/index.js';
import { spotifyWebapi } from './spotify-webapi/index.js';
/** All connectors of the house. A new provider is one folder and its name here. */ export const connectors = [
    spotifyWebapi,
    spotifyExport,
    netflixExport,
    openaiOrgCosts,
    chatgptExport,
    amazonExport,
    bankPlaid,
    httpJson
];
export * from './engine/index.js';
export * from './kit/index.js';
export * from './oauth/index.js';
export { amazonExport, createAmazonExport } from './amazon-export/index.js';
export { bankPlaid } from './bank-plaid/index.js';
export { chatgptExport, createChatgptExport } from './chatgpt-export/index.js';
export { createHttpJson, httpJson } from './http-json/index.js';
export { createNetflixExport, netflixExport } from './netflix-export/index.js';
export { openaiOrgCosts } from './openai-org-costs/index.js';
export { createSpotifyExport, spotifyExport } from './spotify-export/index.js';
export { spotifyWebapi } from './spotify-webapi/index.js';

//# sourceMappingURL=index.js.map