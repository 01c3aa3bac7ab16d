export { ForecastWatch } from './forecast-watch.js';
export type { ProviderForecast } from './forecasts.js';
