export { ForecastWatch } from './forecast-watch.js';

//# sourceMappingURL=index.js.map