import { beforeEach, describe, expect, test } from '@jest/globals';
import { Actors, keyed, webhookAggregate, type CommandContext } from '#lib/application/actors';
import { webhookStream } from '#lib/contracts/streams';
import { MemoryVault } from '#lib/credentials';
import { HOUR } from '#lib/domain/kernel';
import { T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { stillTime } from '#lib/ports/testing';
import { WebhookSecrets } from '#lib/workers/webhooks';
import { WebhookEndpoints } from './endpoints.js';

const plain: CommandContext = { tenant: 'default', actor: 'api:test', correlation: 'c' };
const under = (key: string, body: unknown = undefined): CommandContext =>
  keyed(plain, key, { target: 'test', body });
const definition = { url: 'https://product.example/hooks', filter: {} };

let store: MemoryEventStore;
let secrets: WebhookSecrets;
let endpoints: WebhookEndpoints;
/** The next command is lost on its way. */
let lost = false;
let known = 0;
/** The position up to which they are. */
let counted = 0;

beforeEach(() => {
  store = new MemoryEventStore();
  secrets = new WebhookSecrets(new MemoryVault());
  known = 0;
  counted = 0;
  const environment = stillTime(T0);
  const actors = new Actors({ store, environment, capacity: 100, snapshotEvery: 100 });
  endpoints = new WebhookEndpoints({
    actors,
    execute: (id, command, context) => {
      if (lost) {
        lost = false;
        return Promise.reject(new Error('the process died'));
      }
      return actors.execute(webhookAggregate, webhookStream(id), command, context);
    },
    store,
    secrets,
    environment,
    checkUrl: (url) => {
      if (!url.startsWith('https://')) throw new Error('must start with https://');
    },
    known: { webhook: () => undefined, webhookCount: () => known, position: () => counted },
    mostPerTenant: 2,
  });
});

const types = async (): Promise<readonly string[]> => (await store.readAll(0, 100)).map(({ type }) => type);

describe('given a registration', () => {
  test('that is cut off between the vault and the log, and made again under its key, there is one endpoint, with one secret', async () => {
    lost = true;
    await expect(endpoints.register(definition, under('k'))).rejects.toThrow('died');
    const first = await endpoints.register(definition, under('k'));
    const again = await endpoints.register(definition, under('k'));
    expect(first).toMatchObject({ ok: true, repeated: false, secret: expect.stringMatching(/^whsec_/) });
    expect(again).toMatchObject({ ok: true, repeated: true, id: 'id' in first && first.id });
    expect('secret' in again && 'secret' in first && again.secret === first.secret).toBe(true);
    expect(await types()).toEqual(['WebhookRegistered']);
  });

  test('to where none may be sent, or beyond as many as may be, it is refused, and the log is as it was', async () => {
    const url = 'http://product.example/hooks';
    const refused = await endpoints.register({ ...definition, url }, plain);
    expect(refused).toMatchObject({ rejection: { reason: 'url_not_allowed', field: 'url' } });
    known = 2;
    expect(await endpoints.register(definition, plain)).toMatchObject({
      rejection: { reason: 'too_many_webhooks' },
    });
    expect(await types()).toEqual([]);
  });
});

describe('given room for two endpoints', () => {
  const reasons = (answers: readonly object[]): readonly unknown[] =>
    answers.map((answer) =>
      'rejection' in answer ? (answer.rejection as { reason: string }).reason : 'made',
    );

  test('and five that are registered at once, before any is counted, two are made', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => endpoints.register(definition, plain)));
    expect(reasons(answers).toSorted()).toEqual(['made', 'made', ...Array(3).fill('too_many_webhooks')]);
    expect(await types()).toEqual(['WebhookRegistered', 'WebhookRegistered']);
    // Of another tenant there is none yet.
    expect(await endpoints.register(definition, { ...plain, tenant: 'other' })).toMatchObject({ ok: true });
  });

  test('one that is counted is not counted twice, and a repeated request takes no room', async () => {
    await endpoints.register(definition, under('a'));
    known = 1;
    counted = await store.head();
    await endpoints.register(definition, under('b'));
    const again = await Promise.all(['b', 'b'].map((key) => endpoints.register(definition, under(key))));
    expect(reasons(again)).toEqual(['made', 'made']);
    expect(reasons([await endpoints.register(definition, plain)])).toEqual(['too_many_webhooks']);
    // The first was deleted, and that is counted too.
    known = 1;
    counted = await store.head();
    expect(reasons([await endpoints.register(definition, plain)])).toEqual(['made']);
  });

  test('one that could not be made takes no room', async () => {
    for (let tries = 0; tries < 3; tries += 1) {
      lost = true;
      await expect(endpoints.register(definition, plain)).rejects.toThrow('died');
    }
    expect(reasons([await endpoints.register(definition, plain)])).toEqual(['made']);
  });
});

describe('given an endpoint', () => {
  let id: string;
  beforeEach(async () => {
    const answer = await endpoints.register(definition, plain);
    id = 'id' in answer ? answer.id : '';
  });

  test('a rotation that is cut off after the vault, and asked for again under its key, is in the log, and made one secret', async () => {
    lost = true;
    await expect(endpoints.rotate(id, HOUR, under('r'))).rejects.toThrow('died');
    const rotated = await endpoints.rotate(id, HOUR, under('r'));
    const owner = { tenant: 'default', webhook: id };
    expect(await secrets.valid(owner, T0)).toEqual([
      'secret' in rotated && rotated.secret,
      expect.anything(),
    ]);
    expect(await types()).toEqual(['WebhookRegistered', 'WebhookSecretRotated']);
  });

  test('a rotation under a key that was used for something else is refused, and the secret is as it was', async () => {
    const owner = { tenant: 'default', webhook: id };
    await endpoints.rotate(id, HOUR, under('r'));
    const before = await secrets.valid(owner, T0);
    expect(await endpoints.rotate(id, HOUR, under('r', 'another'))).toMatchObject({
      rejection: { reason: 'idempotency_key_reused' },
    });
    expect(await secrets.valid(owner, T0)).toEqual(before);
  });

  test('a rotation that is asked for again after another one changes nothing, and says that its secret is gone', async () => {
    const owner = { tenant: 'default', webhook: id };
    await endpoints.rotate(id, HOUR, under('first'));
    await endpoints.rotate(id, 0, under('second'));
    const before = await secrets.valid(owner, T0);
    expect(await endpoints.rotate(id, 0, under('first'))).toMatchObject({
      rejection: { reason: 'secret_superseded' },
    });
    expect(await secrets.valid(owner, T0)).toEqual(before);
  });

  test('its removal takes the secret away, and asked for again it still does', async () => {
    const owner = { tenant: 'default', webhook: id };
    expect(await endpoints.remove(id, {}, plain)).toMatchObject({ ok: true });
    expect(await secrets.valid(owner, T0)).toEqual([]);
    await secrets.ensure(owner);
    await endpoints.remove(id, {}, plain);
    expect(await secrets.valid(owner, T0)).toEqual([]);
  });

  test('a replay ends where the log does, however far it was asked for', async () => {
    const replayed = await endpoints.replay(id, { after: 0, through: 1_000_000 }, plain);
    expect(replayed).toMatchObject({ ok: true, after: 0, through: 1 });
  });

  test('another tenant finds none', async () => {
    const foreign = { ...plain, tenant: 'other' };
    for (const answer of [
      await endpoints.rotate(id, HOUR, foreign),
      await endpoints.update(id, (before) => before, foreign),
    ])
      expect(answer).toMatchObject({ rejection: { reason: 'webhook_not_found' } });
  });
});
