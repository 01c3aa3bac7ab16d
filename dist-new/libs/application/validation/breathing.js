/** How long a loop may keep this thread from everybody else. */ const HOLD = 5;
/** To be awaited within a loop that works long: lets others have their turns once it has worked for a while. */ export function breathing({ clock, timers }) {
    let since = clock.monotonic();
    return ()=>{
        if (clock.monotonic() - since < HOLD) return undefined;
        return new Promise((resolve)=>timers.soon(()=>{
                since = clock.monotonic();
                resolve();
            }));
    };
}

//# sourceMappingURL=breathing.js.map