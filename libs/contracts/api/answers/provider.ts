import { z } from 'zod';
import { providerPauseCauses } from '#lib/domain/provider';
import { count, decided, instant, length, listOf, ms, pause, words } from './primitives.js';

/** Names of a list that may grow: a string to whoever reads it. */
export const stopped = z
  .string()
  .describe(
    'Why what waits is not served: provider_paused, circuit_open, provider_held, provider_concurrency, rate_budget, global_concurrency, tenant_concurrency, no_executor, …',
  );

const circuit = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('closed') }),
  z.strictObject({
    status: z.literal('open'),
    until: instant.describe('One probe may run from then on'),
    opened: count.describe('How often in a row'),
    failures: count,
    message: z.string(),
  }),
]);

export const provider = z.strictObject({
  id: z.string(),
  name: z.string(),
  limits: z.strictObject({
    concurrency: count,
    userConcurrency: count,
    rate: z.strictObject({ starts: count, per: length }).optional(),
    breaker: z.strictObject({ failures: count, open: length, maxOpen: length }),
  }),
  minimumInterval: length,
  circuit,
  pause: pause(z.enum(providerPauseCauses)).optional(),
  waiting: count,
  running: count,
  stopped: stopped.optional(),
});
export const providerList = listOf(provider);
export const providerChange = z.strictObject({ id: z.string(), ...decided });

const slot = z.strictObject({
  at: instant,
  due: z.number().describe('A share where it is spread over several'),
  waiting: z.number().describe('Not started at its end'),
  lateMs: ms,
});
export const forecast = z.strictObject({
  provider: z.string(),
  from: instant,
  until: instant,
  due: z.number(),
  capacity: z
    .strictObject({ startsPerHour: z.number(), burst: z.number(), by: z.enum(['rate', 'concurrency']) })
    .nullable(),
  meanRunMs: ms.nullable(),
  peak: slot.nullable(),
  crowdedFrom: instant.nullable(),
  calm: z.array(instant),
  slots: z.array(slot).describe('Quarters of an hour'),
});

const streamSpec = z.strictObject({
  name: z.string(),
  modes: z.array(z.enum(['full', 'incremental'])),
  cursor: z.string().optional(),
  key: z.array(z.string()),
});
export const connector = z.strictObject({
  id: z.string(),
  version: z.string(),
  provider: z.string(),
  auth: z.strictObject({
    kind: z.string(),
    scopes: z.array(z.string()).optional(),
    maxConsentAgeDays: z.number().optional(),
    warnBeforeDays: z.number().optional(),
  }),
  transport: z.string(),
  streams: z.array(streamSpec),
  limits: z.strictObject({
    bucketScope: z.string().describe('Whose budget a request spends'),
    requests: z.number(),
    perSeconds: z.number(),
    concurrency: z.number(),
    concurrencyPerConnection: z.number(),
  }),
  schedule: z.strictObject({
    defaultIntervalMs: ms,
    minIntervalMs: ms,
    losesDataAfterMs: ms.optional(),
  }),
  run: z.strictObject({
    timeoutMs: ms,
    maxAttempts: count,
    backoff: z.strictObject({ baseMs: ms, factor: z.number(), maxMs: ms }),
  }),
  secrets: z.array(z.string()).describe('Names of what `credentials` may hold'),
  settings: words.optional().describe('JSON Schema of what `config` may hold'),
});
export const connectorList = listOf(connector);
