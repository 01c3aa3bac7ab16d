import { scheduleAggregate, subscriptionAggregate } from '#lib/application/actors';
import { REACTIONS_LEASE } from '#lib/contracts/messages';
import { subscriptionStream } from '#lib/contracts/streams';
import { factNames } from '#lib/domain/subscription';
/** Records come in batches: a user is looked at once they have settled. */ const SETTLE = 300;
const AGAIN = 2_000;
/**
 * Notices that a user's subscription changed, and makes it a fact. Looks whenever records of a user were written here,
 * and, as a saga, whenever a run said that it wrote some: after a crash between the two the second look finds what the
 * first missed. Looking twice finds nothing twice.
 */ export class SubscriptionWatchSaga {
    #touched;
    #cancel;
    #looking;
    #stopped;
    constructor(options){
        this.options = options;
        this.name = 'subscription-watch';
        this.types = [
            'RunSucceeded',
            'RunCheckpointed'
        ];
        this.#touched = new Map();
        this.#looking = Promise.resolve();
        this.#stopped = false;
    }
    handle(event) {
        return event.data.counts.written === 0 ? undefined : this.#wrote(event);
    }
    async #wrote(event) {
        const { state } = await this.options.actors.read(scheduleAggregate, event.stream);
        if (state.status !== 'absent') this.touched(event.metadata.tenant, state.definition.user);
    }
    touched(tenant, user) {
        this.#touched.set(`${tenant}\n${user}`, {
            tenant,
            user
        });
        this.#arm(SETTLE);
    }
    async stop() {
        this.#stopped = true;
        this.#cancel?.();
        await this.#looking;
    }
    #arm(delay) {
        if (this.#stopped || this.#cancel !== undefined) return;
        this.#cancel = this.options.environment.timers.after(delay, ()=>{
            this.#cancel = undefined;
            this.#looking = this.#look();
        });
    }
    async #look() {
        const { leases, onError } = this.options;
        for (const [key, { tenant, user }] of Array.from(this.#touched)){
            this.#touched.delete(key);
            // Another node's turn: it has the same records.
            if (!leases.holds(REACTIONS_LEASE)) continue;
            try {
                await this.#lookAt(tenant, user);
            } catch (error) {
                onError(`subscriptions of ${user}`, error);
                this.#touched.set(key, {
                    tenant,
                    user
                });
            }
        }
        if (this.#touched.size > 0) this.#arm(AGAIN);
    }
    async #lookAt(tenant, user) {
        const { view, actors, environment } = this.options;
        for (const subscription of (await view.list({
            tenant,
            user
        }))){
            const { id, service, account, confidence, rows } = subscription;
            // A renewal that was only counted on is no news: what was told counts.
            const estimated = subscription.renewalEstimated ? [
                'renewsOn'
            ] : [];
            const facts = factsOf(subscription);
            const observed = {
                id,
                user,
                service,
                account,
                confidence,
                rows,
                facts,
                estimated
            };
            await actors.execute(subscriptionAggregate, subscriptionStream(tenant, user, id), {
                type: 'ObserveSubscription',
                ...observed
            }, {
                tenant,
                actor: `saga:${this.name}`,
                correlation: environment.ids.next()
            });
        }
    }
}
const factsOf = (subscription)=>Object.fromEntries(factNames.map((fact)=>[
            fact,
            subscription[fact]
        ]));

//# sourceMappingURL=subscription-watch.js.map