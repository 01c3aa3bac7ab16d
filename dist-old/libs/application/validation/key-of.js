/** Names hold no blanks; one that is not given is left out. */ export const keyOf = (...names)=>names.filter((name)=>name !== undefined).join(' ');

//# sourceMappingURL=key-of.js.map