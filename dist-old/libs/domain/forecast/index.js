export { capacityOf } from './capacity.js';
export { Demand, roomInWords, SLOT } from './demand.js';
export { patternOf, recurrenceOf } from './pattern.js';

//# sourceMappingURL=index.js.map