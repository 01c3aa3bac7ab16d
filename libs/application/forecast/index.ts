export { ForecastWatch } from './forecast-watch.js';
export { Forecasts, type ForecastFacts, type ProviderForecast } from './forecasts.js';
