import { z } from 'zod';
import { isReused } from '#lib/application/creation';
import { createScheduleBody, toDefinition } from '#lib/contracts/api';
import { parse } from './parse.js';
import { RequestRejected } from './rejection.js';
import { refusalOf } from './schedule-validator.js';
const list = z.array(z.unknown(), 'must be an array of schedules');
/**
 * Reads, judges and creates, each item by itself. Answers them in their order, and the last position written.
 * @throws {RequestRejected} where the request's key was used for another request: then nothing of this one is done
 */ export async function createBatch(session, inputs, key) {
    parse(list, inputs, 'schedules');
    const { creation, validation } = session.engine;
    const context = session.context({
        key,
        target: 'schedules.create-batch',
        body: inputs
    });
    const results = [];
    const ids = creation.scheduleIds(context, inputs.length);
    const read = parsed(inputs, {
        ids,
        now: session.now,
        results
    });
    const fresh = await creation.fresh(read, context);
    return validation.creating(fresh, context.tenant, async (findings)=>{
        const refused = new Map(fresh.map(({ id }, at)=>[
                id,
                refusalOf(findings[at] ?? [])
            ]));
        const good = read.filter(({ index, id })=>{
            const error = refused.get(id);
            if (error !== undefined) results[index] = {
                ok: false,
                error
            };
            return error === undefined;
        });
        let position = 0;
        for (const [at, answer] of (await creation.createMany(good, context)).entries()){
            if (isReused(answer)) throw new RequestRejected(answer.rejection);
            if (answer.ok) position = Math.max(position, answer.position);
            const { index = -1, id = '' } = good[at] ?? {};
            results[index] = resultOf(answer, id);
        }
        return {
            created: {
                results,
                position
            },
            position
        };
    });
}
/** What is no schedule by its form is answered at once. */ function parsed(inputs, { ids, now, results }) {
    return inputs.flatMap((input, index)=>{
        try {
            const definition = toDefinition(parse(createScheduleBody, input), now);
            return [
                {
                    index,
                    id: ids[index] ?? '',
                    definition
                }
            ];
        } catch (error) {
            if (!(error instanceof RequestRejected)) throw error;
            results[index] = {
                ok: false,
                error
            };
            return [];
        }
    });
}
function resultOf(answer, id) {
    if (answer.ok) return {
        ok: true,
        id
    };
    return {
        ok: false,
        error: 'outage' in answer ? answer.outage : new RequestRejected(answer.rejection)
    };
}

//# sourceMappingURL=schedule-batch.js.map