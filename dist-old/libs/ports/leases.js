/**
 * Which part of the shared work this process does. Leases only save work: the log arbitrates, so two holders at once
 * waste effort and double nothing.
 */ /** A process that shares with nobody. */ export const soleHolder = {
    holds: ()=>true,
    epoch: ()=>0,
    onChange: ()=>()=>{}
};

//# sourceMappingURL=leases.js.map