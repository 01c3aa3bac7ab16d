import { accept, reject, unreachable } from '#lib/domain/kernel';
/** Of an event that nobody could read: no saga was shown it. */ export const DECODING = 'decoding';
/** Longest reason kept, in characters: it may quote what could not be read. */ const MOST = 500;
/** Why somebody could not take an event, in the words of what was thrown. */ export const reasonOf = (thrown)=>(thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)).slice(0, MOST).toWellFormed();
/** Derived from the handler and the event's position, so that parking the same event twice names the same stream. */ export const parkingId = (handler, position)=>`${handler}.${position}`;
function decide(command, state) {
    const { id } = command;
    switch(command.type){
        case 'ParkEvent':
            {
                const { type: _, now: __, ...facts } = command;
                return state.status === 'parked' ? accept() : accept({
                    type: 'EventParked',
                    data: facts
                });
            }
        case 'RequestReplay':
            {
                if (state.status === 'none') return reject('parked_event_not_found', `there is no parked event ${id}`);
                if (state.status === 'replayed') return reject('event_replayed', `event ${id} was replayed already`);
                if (state.status === 'replaying') return accept();
                const data = {
                    id,
                    ...command.note === undefined ? {} : {
                        note: command.note
                    }
                };
                return accept({
                    type: 'ReplayRequested',
                    data
                });
            }
        case 'ConfirmReplay':
            return state.status === 'replaying' ? accept({
                type: 'EventReplayed',
                data: {
                    id
                }
            }) : accept();
        default:
            return unreachable(command);
    }
}
function evolve(state, event) {
    switch(event.type){
        case 'EventParked':
            {
                const { id: _, reason: __, ...facts } = event.data;
                return {
                    status: 'parked',
                    facts
                };
            }
        case 'ReplayRequested':
            return state.status === 'parked' ? {
                ...state,
                status: 'replaying'
            } : state;
        case 'EventReplayed':
            return {
                status: 'replayed'
            };
        default:
            return unreachable(event);
    }
}
/** An event that a saga could not take: one stream for each, from the first failure until it was taken after all. */ export const parking = {
    initialState: {
        status: 'none'
    },
    decide,
    evolve
};

//# sourceMappingURL=parking.js.map