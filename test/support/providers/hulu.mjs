// A connector as another team would ship it: plain JavaScript, in a module of its own, against no class of ours.
import { z } from 'zod';

const MINUTE = 60_000;

export default {
  manifest: {
    id: 'hulu.made_up',
    version: '1.0.0',
    protocol: 1,
    provider: 'hulu',
    auth: { kind: 'api_key' },
    transport: 'http_pull',
    hosts: {},
    streams: [{ name: 'subscriptions', modes: ['full'], key: ['account_ref'] }],
    limits: {
      bucketScope: 'connection',
      requests: 10,
      perSeconds: 1,
      concurrency: 2,
      concurrencyPerConnection: 1,
    },
    schedule: { defaultIntervalMs: 60 * MINUTE, minIntervalMs: MINUTE, losesDataAfterMs: 30 * MINUTE },
    run: { timeoutMs: MINUTE, maxAttempts: 2, backoff: { baseMs: 100, factor: 2, maxMs: MINUTE } },
    errors: [],
    config: z.strictObject({ plan: z.string() }),
    secrets: ['api_key'],
  },
  check: async () => ({ ok: true, account: 'hulu-1' }),
  async *read({ config }) {
    const data = { account_ref: 'hulu-1', plan: config.plan, status: 'active' };
    yield { kind: 'record', record: { stream: 'subscriptions', key: 'hulu-1', data } };
    yield { kind: 'state', state: { v: 1 } };
  },
};
