import { authorised, defineConnector } from '../kit/index.js';
import { profileAnswer } from './answers.js';
import { refreshGrant } from './grant.js';
import { manifest } from './manifest.js';
import { readPlays } from './plays.js';
import { accountOf, isOf, subscriptionRecord } from './records.js';
import { stateOf } from './state.js';
const fetchProfile = (context, refresh)=>authorised(context, refresh, {
        where: 'api',
        host: 'api',
        method: 'GET',
        path: '/v1/me'
    }, profileAnswer);
/** Spotify's Web API: the plan as a snapshot, and what was played lately. */ export const spotifyWebapi = defineConnector({
    manifest,
    grant: refreshGrant,
    async check (context) {
        const profile = await fetchProfile(context, refreshGrant(context));
        return {
            ok: true,
            account: accountOf(profile)
        };
    },
    async *read (context) {
        const since = context.environment.clock.now();
        const refresh = refreshGrant(context);
        const state = stateOf(context.operation === 'full_sync' ? undefined : context.state);
        const profile = await fetchProfile(context, refresh);
        const account = accountOf(profile);
        yield {
            kind: 'record',
            record: subscriptionRecord(account, profile)
        };
        // A connection is one account: the subscription of the one that it was before is not ours to tell of any more.
        if (state.account !== account) yield {
            kind: 'complete',
            stream: 'subscriptions',
            since
        };
        // How far another's plays were read says nothing of this one's.
        const isAnother = state.account !== undefined && !isOf(profile, state.account);
        yield* readPlays(context, refresh, account, isAnother ? {
            v: 1
        } : state);
    }
});

//# sourceMappingURL=index.js.map