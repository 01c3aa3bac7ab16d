export { beginAuthorization, exchangeCode, type Authorization, type OauthClient } from './authorization.js';
export { openCallback, type Callback } from './callback.js';
