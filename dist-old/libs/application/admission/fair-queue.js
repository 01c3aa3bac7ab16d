import { Ring } from './ring.js';
const newLeaf = ()=>({
        entries: [],
        head: 0
    });
const isEmpty = (ring)=>ring.isEmpty;
/**
 * Round robin over tenants, within a tenant over its users, within a user over their connections: whoever was served
 * goes to the back of each of the three rings. First in, first out within a connection. Entries that are no longer
 * wanted are dropped when they are met (`live`), so leaving the queue costs nothing.
 */ export class FairQueue {
    #tenants;
    constructor(live){
        this.live = live;
        this.#tenants = new Ring();
    }
    push(entry) {
        const users = this.#tenants.getOrAdd(entry.tenant, ()=>new Ring());
        const connections = users.getOrAdd(entry.user, ()=>new Ring());
        connections.getOrAdd(entry.connection, newLeaf).entries.push(entry);
    }
    /**
   * Takes the next entry whose user and connection are free. What is skipped is only those who have something
   * running already, so the search is bounded by the number of running attempts.
   */ take(free) {
        const fromUser = (connections)=>this.#fromUser(connections, free);
        return this.#tenants.turn((users)=>users.turn(fromUser, isEmpty), isEmpty);
    }
    #fromUser(connections, free) {
        return connections.turn((leaf)=>{
            const entry = this.#peek(leaf);
            if (entry === undefined || !free(entry)) return undefined;
            leaf.head += 1;
            compact(leaf);
            return entry;
        }, (leaf)=>this.#peek(leaf) === undefined);
    }
    #peek(leaf) {
        for(;;){
            const entry = leaf.entries[leaf.head];
            if (entry === undefined || this.live(entry)) return entry;
            leaf.head += 1;
        }
    }
}
/** Gives back the room of entries already taken, now and then. */ function compact(leaf) {
    if (leaf.head < 64 || leaf.head * 2 < leaf.entries.length) return;
    leaf.entries.splice(0, leaf.head);
    leaf.head = 0;
}

//# sourceMappingURL=fair-queue.js.map