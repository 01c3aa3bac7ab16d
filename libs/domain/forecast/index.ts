export { capacityOf, type Capacity } from './capacity.js';
export { Demand, roomInWords, SLOT, type Forecast, type Slot } from './demand.js';
export { patternOf, recurrenceOf, type Pattern } from './pattern.js';
