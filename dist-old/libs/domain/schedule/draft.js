import { evolve } from './evolve.js';
import { isLiving } from './state.js';
/**
 * A decision in the making: later rules see the state as the earlier ones leave it. Two occurrences due at once are
 * decided one after the other, and the second meets the run of the first.
 */ export class Draft {
    constructor(state, now){
        this.state = state;
        this.now = now;
        this.events = [];
    }
    emit(event) {
        this.events.push(event);
        const next = evolve(this.state, event, this.now);
        if (isLiving(next)) this.state = next;
    }
    find(run) {
        return this.state.open.find((open)=>open.run === run);
    }
    get active() {
        return this.state.status === 'active';
    }
}

//# sourceMappingURL=draft.js.map