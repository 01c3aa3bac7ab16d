import { describe, expect, test } from '@jest/globals';
import { readConfiguration } from './config.js';

const nats = { SYNCOPATE_NATS_URL: 'nats://127.0.0.1:4222' };
const eventStore = { SYNCOPATE_EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false' };

describe('given settings that contradict each other or do nothing, each is named, with what would be right', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a log that schedulers may share, and nothing by which they hear of each other',
      eventStore,
      /SYNCOPATE_EVENTSTORE_URL without SYNCOPATE_NATS_URL: .*SYNCOPATE_ALONE=true/,
    ],
    [
      'a scheduler that says it is alone, and shares',
      { ...eventStore, ...nats, SYNCOPATE_ALONE: 'true' },
      /SYNCOPATE_ALONE .*leave it out beside SYNCOPATE_NATS_URL/,
    ],
    ['one that says so of a file', { SYNCOPATE_ALONE: 'true' }, /SYNCOPATE_ALONE .*the log is a file/],
    ['nobody who runs anything', { SYNCOPATE_LOCAL_EXECUTOR: 'false' }, /nothing would ever run: set that/],
    [
      'ways into a NATS that there is not',
      { SYNCOPATE_NATS_USER: 'u', SYNCOPATE_NATS_PASSWORD: 'p', SYNCOPATE_NATS_TLS_CA: 'ca.pem' },
      /^SYNCOPATE_NATS_USER, SYNCOPATE_NATS_PASSWORD, SYNCOPATE_NATS_TLS_CA: without SYNCOPATE_NATS_URL/,
    ],
    [
      'several ways into it',
      { ...nats, SYNCOPATE_NATS_TOKEN: 't', SYNCOPATE_NATS_CREDS_FILE: 'f' },
      /^SYNCOPATE_NATS_TOKEN, SYNCOPATE_NATS_CREDS_FILE: there is one way into NATS/,
    ],
    [
      'a user without a password',
      { ...nats, SYNCOPATE_NATS_USER: 'u' },
      /SYNCOPATE_NATS_USER is of no use without SYNCOPATE_NATS_PASSWORD/,
    ],
    [
      'a password without a user',
      { ...nats, SYNCOPATE_NATS_PASSWORD: 'p' },
      /SYNCOPATE_NATS_PASSWORD is of no use without SYNCOPATE_NATS_USER/,
    ],
    [
      'a certificate without its key',
      { ...nats, SYNCOPATE_NATS_TLS_CERT: 'c.pem' },
      /SYNCOPATE_NATS_TLS_CERT is of no use without SYNCOPATE_NATS_TLS_KEY/,
    ],
    ['keys of the vault that are none', { SYNCOPATE_VAULT_KEYS: ' , ' }, /SYNCOPATE_VAULT_KEYS: is set, and/],
    ['keys of the vault that were left empty', { SYNCOPATE_VAULT_KEYS: '' }, /SYNCOPATE_VAULT_KEYS: is set/],
    ['a name in small letters', { syncopate_port: '1' }, /unknown configuration: syncopate_port; known are/],
    [
      'a URL of another kind',
      { SYNCOPATE_SPOTIFY_API_URL: 'ftp://x' },
      /SYNCOPATE_SPOTIFY_API_URL: must be a URL like https:\/\/host/,
    ],
  ])('%s', (_, environment, message) => {
    expect(() => readConfiguration(environment)).toThrow(message);
  });

  test('all of them at once', () => {
    const environment = { SYNCOPATE_LOCAL_EXECUTOR: 'false', SYNCOPATE_NATS_TOKEN: 't' };
    expect(() => readConfiguration(environment)).toThrow(/LOCAL_EXECUTOR[^]*SYNCOPATE_NATS_TOKEN/);
  });
});

test('given a scheduler alone on EventStoreDB that says so, or a command that is none, nothing more is needed', () => {
  expect(readConfiguration({ ...eventStore, SYNCOPATE_ALONE: 'true' })).toMatchObject({
    localExecutor: true,
  });
  expect(readConfiguration(eventStore, { listens: false })).not.toHaveProperty('nats');
});

test('given one whole way into NATS, it is taken', () => {
  const user = { SYNCOPATE_NATS_USER: 'u', SYNCOPATE_NATS_PASSWORD: 'p', SYNCOPATE_NATS_TLS_CA: 'ca.pem' };
  expect(readConfiguration({ ...nats, ...user })).toMatchObject({
    nats: { user: 'u', password: 'p', tls: { caFile: 'ca.pem' } },
    localExecutor: false,
  });
});
