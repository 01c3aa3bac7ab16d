import { isUnreadable } from '#lib/ports';
import { ConnectorError } from '../kit/index.js';
/**
 * A vault whose credentials may be sealed under a key that this process was not given. That is no defect of a connector,
 * no fault of the provider's, and nothing that trying again at once could mend, so it must use up no attempt: all schedules
 * would be given up within minutes over one wrong variable. `DATA_NOT_READY` is the class that waits, and holds up nobody
 * else at the provider: the run is put off until the key is back or the user has connected again, within its bounds.
 */ export const openable = (vault)=>({
        async read (owner) {
            try {
                return await vault.read(owner);
            } catch (error) {
                if (!isUnreadable(error)) throw error;
                throw new ConnectorError('DATA_NOT_READY', `${error.message}; or connect again`, {
                    code: 'credentials_unreadable'
                });
            }
        },
        write: (owner, secrets, expected)=>vault.write(owner, secrets, expected),
        remove: (owner)=>vault.remove(owner)
    });

//# sourceMappingURL=openable.js.map