/**
 * Members who take turns. A map in order of insertion would do, but that it walks over the places of all who left
 * before: with a hundred thousand of them each turn would be a long way.
 */ export class Ring {
    /** Made for a second member: most rings are those of one user's only connection. */ #links;
    #first;
    #last;
    get isEmpty() {
        return this.#first === undefined;
    }
    getOrAdd(key, make) {
        const known = this.#find(key);
        if (known !== undefined) return known.member;
        const link = {
            key,
            member: make(),
            before: undefined,
            after: undefined
        };
        if (this.#first !== undefined) this.#links ??= new Map([
            [
                this.#first.key,
                this.#first
            ]
        ]);
        this.#links?.set(key, link);
        this.#append(link);
        return link.member;
    }
    #find(key) {
        if (this.#links !== undefined) return this.#links.get(key);
        return this.#first?.key === key ? this.#first : undefined;
    }
    /** Asks the members in order; who gives goes to the back, who is empty leaves. */ turn(ask, empty) {
        for(let link = this.#first; link !== undefined;){
            const { after, member, key } = link;
            const given = ask(member);
            if (empty(member)) {
                this.#unlink(link);
                this.#links?.delete(key);
            } else if (given !== undefined) {
                this.#unlink(link);
                this.#append(link);
            }
            if (given !== undefined) return given;
            link = after;
        }
        return undefined;
    }
    #append(link) {
        link.before = this.#last;
        link.after = undefined;
        if (this.#last === undefined) this.#first = link;
        else this.#last.after = link;
        this.#last = link;
    }
    #unlink({ before, after }) {
        if (before === undefined) this.#first = after;
        else before.after = after;
        if (after === undefined) this.#last = before;
        else after.before = before;
    }
}

//# sourceMappingURL=ring.js.map