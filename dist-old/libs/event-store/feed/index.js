export * from './checked-append.js';
export * from './feed.js';
export * from './follow.js';
export * from './recent-events.js';
export * from './stream-filter.js';

//# sourceMappingURL=index.js.map