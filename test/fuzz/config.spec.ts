import { expect, test } from '@jest/globals';
import { ConfigurationError, readConfiguration } from '#lib/wiring';
import { hostileStrings, hostileValues } from './hostile.js';
import { CASES, draws, mutatedBytes } from './mutate.js';
import { Complaints, timed } from './verdict.js';

/** Valid, one by one. What names a file or a module is not opened by reading the configuration. */
const valid: Record<string, string> = {
  SYNCOPATE_DATA: 'data',
  SYNCOPATE_HOST: '127.0.0.1',
  SYNCOPATE_PORT: '7070',
  SYNCOPATE_API_KEYS: 'a-key-of-some-length-1234567890,another-key-of-some-length-1234',
  SYNCOPATE_VAULT_KEYS: Buffer.alloc(32, 7).toString('base64'),
  SYNCOPATE_CONCURRENCY: '100',
  SYNCOPATE_CONNECTION_CONCURRENCY: '1',
  SYNCOPATE_AGEING_SECONDS: '60',
  SYNCOPATE_LEASE_SECONDS: '15',
  SYNCOPATE_ACTORS: '20000',
  SYNCOPATE_SNAPSHOT_EVERY: '200',
  SYNCOPATE_EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false',
  SYNCOPATE_NATS_URL: 'nats://127.0.0.1:4222',
  SYNCOPATE_ALLOW_PLAIN_TEXT: 'false',
  SYNCOPATE_OPENAI_API_URL: 'https://api.example.com',
  SYNCOPATE_PLAID_URL: 'https://plaid.example.com',
};
const names = Object.keys(valid);

test('given any environment, the configuration is read, or refused with the variable named', () => {
  const complaints = new Complaints('configuration');
  let refused = 0;
  expect(() => readConfiguration(valid)).not.toThrow();
  for (; complaints.cases < CASES; complaints.cases += 1) {
    const random = draws(3, complaints.cases);
    const environment = { ...valid };
    const name = random.pick(names);
    const other = random.pick(names);
    // The system lets no NUL into an environment.
    environment[name] = random
      .pick([
        JSON.stringify(random.pick(hostileValues)) ?? '',
        random.pick(hostileStrings),
        mutatedBytes(random, Buffer.from(valid[name] ?? '')).toString(),
      ])
      .replaceAll('\0', '');
    if (random.chance(0.3)) environment[other] = valid[random.pick(names)] ?? '';
    if (random.chance(0.2)) delete environment[random.pick(names)];
    if (random.chance(0.1)) environment[`SYNCOPATE_${random.pick(hostileStrings)}`] = 'x';
    try {
      timed(
        () => readConfiguration(environment),
        (ms) => complaints.add(environment, `took ${ms} ms`),
      );
    } catch (error) {
      refused += 1;
      if (!(error instanceof ConfigurationError)) complaints.add(environment, `threw ${String(error)}`);
      else if (!/SYNCOPATE_|NATS|EventStore/.test(error.message))
        complaints.add(environment, `names nothing: ${error.message}`);
    }
  }
  complaints.settle(CASES);
  expect(refused).toBeGreaterThan(CASES / 20);
});
