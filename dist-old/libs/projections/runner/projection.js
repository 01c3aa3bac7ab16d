/**
 * A fold over rows. Pure: what it puts follows from the event and from rows that earlier events put, and never from the
 * clock or from where a batch ends. `id` is the stream's name without its prefix.
 */ export { };

//# sourceMappingURL=projection.js.map