import { z } from 'zod';
import { isRequestKey, keyed, REQUEST_KEY_RULE } from '#lib/application/actors';
import { parse } from './input.js';
const idempotencyKey = z.string().refine(isRequestKey, `an Idempotency-Key ${REQUEST_KEY_RULE}`);
/** Who asks and what for; an Idempotency-Key is bound to what is asked (`target`) and to the body. */ export function callContext(engine, caller, request) {
    const { tenant, actor } = caller;
    const context = {
        tenant,
        actor,
        correlation: engine.environment.ids.next()
    };
    if (request.key === undefined) return context;
    return keyed(context, parse(idempotencyKey, request.key, 'key'), request);
}

//# sourceMappingURL=call.js.map