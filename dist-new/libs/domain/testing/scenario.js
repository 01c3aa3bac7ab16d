import { expect } from '@jest/globals';
/**
 * Given what happened, when a command comes, then these events, or that rejection. The state is only ever reached
 * through events, as in the running system.
 */ export function scenario(decider) {
    const fold = (past)=>past.reduce((state, [at, event])=>decider.evolve(state, event, at), decider.initialState);
    return {
        given (...past) {
            return {
                when: (command)=>outcome(command, past)
            };
        },
        /** Commands one after another, each on what the ones before it left; answers the events and the state. */ run (...commands) {
            const past = [];
            for (const command of commands){
                const decision = decider.decide(command, fold(past));
                if (!decision.accepted) throw new Error(`${JSON.stringify(command)} was rejected: ${decision.rejection.message}`);
                past.push(...decision.events.map((event)=>[
                        command.now,
                        event
                    ]));
            }
            return {
                events: past.map(([, event])=>event),
                state: fold(past),
                past
            };
        }
    };
    function outcome(command, past) {
        const before = fold(past);
        const decision = decider.decide(command, before);
        return {
            decision,
            then (...events) {
                expect(decision).toEqual({
                    accepted: true,
                    events
                });
                return fold([
                    ...past,
                    ...events.map((event)=>[
                            command.now,
                            event
                        ])
                ]);
            },
            thenTypes (...types) {
                const events = decision.accepted ? decision.events : [];
                expect({
                    rejection: decision.accepted ? undefined : decision.rejection,
                    types: events.map((event)=>event.type)
                }).toEqual({
                    rejection: undefined,
                    types
                });
                return events;
            },
            thenNothing () {
                expect(decision).toEqual({
                    accepted: true,
                    events: []
                });
            },
            thenRejected (reason) {
                expect(decision).toMatchObject({
                    accepted: false,
                    rejection: {
                        reason
                    }
                });
            }
        };
    }
}

//# sourceMappingURL=scenario.js.map