import { accept, reject, unreachable } from '#lib/domain/kernel';
export const conflictKinds = [
    'duplicate',
    'overlap',
    'resource_limit'
];
/** Derived from kind and parties, so that detecting the same conflict twice names the same stream. */ export const conflictId = (kind, ...parties)=>[
        kind,
        ...parties.toSorted()
    ].join('.');
function decide(command, state) {
    const { id } = command;
    if (command.type === 'DetectConflict') {
        const { type: _, now: __, ...facts } = command;
        return state.status === 'open' || state.status === 'acknowledged' ? accept() : accept({
            type: 'ConflictDetected',
            data: facts
        });
    }
    if (state.status === 'none') return reject('conflict_not_found', `there is no conflict ${id}`);
    if (command.type === 'ResolveConflict') {
        return state.status === 'resolved' ? accept() : accept({
            type: 'ConflictResolved',
            data: {
                id,
                resolution: command.resolution
            }
        });
    }
    if (state.status === 'resolved') return reject('conflict_resolved', `conflict ${id} is resolved already`);
    if (state.status === 'acknowledged') return accept();
    return accept({
        type: 'ConflictAcknowledged',
        data: {
            id,
            ...command.note === undefined ? {} : {
                note: command.note
            }
        }
    });
}
function evolve(_, event) {
    switch(event.type){
        case 'ConflictDetected':
            return {
                status: 'open'
            };
        case 'ConflictAcknowledged':
            return {
                status: 'acknowledged'
            };
        case 'ConflictResolved':
            return {
                status: 'resolved'
            };
        default:
            return unreachable(event);
    }
}
/** Something wrong between definitions: one stream per conflict, so that it is raised once and settled once. */ export const conflict = {
    initialState: {
        status: 'none'
    },
    decide,
    evolve
};

//# sourceMappingURL=conflict.js.map