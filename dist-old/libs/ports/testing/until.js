/** Turns of the event loop until it holds. @throws when it does not come */ export async function until(holds) {
    for(let turns = 0; !await holds(); turns += 1){
        if (turns > 10_000) throw new Error('it never came');
        await new Promise((resolve)=>setImmediate(resolve));
    }
}

//# sourceMappingURL=until.js.map