import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { scenario, T0 } from '#lib/domain/testing';
import { canonicalProvider, limitsOf, provider, providerEntry, type ProviderCommand } from './index.js';

const given = scenario(provider);
const id = 'anything';
const breaker = { failures: 3, openMs: MINUTE, maxOpenMs: 3 * MINUTE };
const limits = { concurrency: 2, userConcurrency: 1, breaker };
const change: ProviderCommand = { type: 'ChangeProviderLimits', now: T0, provider: id, limits };
const pause = (cause: 'request' | 'app_blocked', now: number, until?: number): ProviderCommand => ({
  type: 'PauseProvider',
  now,
  provider: id,
  cause,
  until,
});
const resume = (now: number, automatic = false): ProviderCommand => ({
  type: 'ResumeProvider',
  now,
  provider: id,
  automatic,
});
const open = (now: number, opened: number): ProviderCommand => ({
  type: 'OpenCircuit',
  now,
  provider: id,
  failures: 3,
  opened,
  message: 'TRANSIENT',
});

describe('a provider that is paused', () => {
  test('given an end that has passed, it is refused', () => {
    given
      .given()
      .when(pause('request', T0, T0))
      .thenRejected('invalid_pause');
    given
      .given()
      .when(pause('request', T0, T0 + 1))
      .thenTypes('ProviderPaused');
  });

  test('given somebody asked for that, nothing automatic changes it, and the same once more is nothing', () => {
    const on = given.given(...given.run(pause('request', T0, T0 + HOUR)).past);
    on.when(pause('app_blocked', T0 + 1, T0 + 3 * HOUR)).thenNothing();
    on.when(pause('request', T0 + 1, T0 + HOUR)).thenNothing();
    on.when(pause('request', T0 + 1, T0 + 2 * HOUR)).thenTypes('ProviderPaused');
    on.when(pause('request', T0 + 1)).thenTypes('ProviderPaused');
  });

  test('given that it refuses the service, it is paused for longer, or by whoever asks', () => {
    const on = given.given(...given.run(pause('app_blocked', T0, T0 + HOUR)).past);
    on.when(pause('app_blocked', T0 + 1, T0 + 2 * HOUR)).thenTypes('ProviderPaused');
    on.when(pause('request', T0 + 1)).thenTypes('ProviderPaused');
  });

  test('given its end, it goes on by itself then, and not before', () => {
    const on = given.given(...given.run(pause('request', T0, T0 + HOUR)).past);
    on.when(resume(T0 + HOUR - 1, true)).thenNothing();
    on.when(resume(T0 + HOUR, true)).thenTypes('ProviderResumed');
    on.when(resume(T0 + 1)).thenTypes('ProviderResumed');
  });

  test('given no end, it goes on when somebody asks, and by itself never', () => {
    const on = given.given(...given.run(pause('request', T0)).past);
    on.when(resume(T0 + 99 * HOUR, true)).thenNothing();
    on.when(resume(T0 + 1)).thenTypes('ProviderResumed');
  });

  test('given it goes on already, whoever asks is told so', () => {
    const { past } = given.run(pause('request', T0), resume(T0 + 1));
    const on = given.given(...past);
    on.when(resume(T0 + 2)).thenRejected('not_paused');
    on.when(resume(T0 + 2, true)).thenNothing();
  });
});

describe('a provider that fails', () => {
  test('is left alone for a time that doubles with each probe in vain, up to the longest', () => {
    const until: number[] = [];
    const commands: ProviderCommand[] = [change];
    let now = T0;
    for (let opened = 0; opened < 4; opened += 1) {
      commands.push(open(now, opened));
      const { state } = given.run(...commands);
      if (state.circuit.status !== 'open') throw new Error('it is not open');
      until.push((state.circuit.until - now) / MINUTE);
      now = state.circuit.until;
    }
    expect(until).toEqual([1, 2, 3, 3]);
  });

  test('by a count that was taken before its circuit opened, or closed, is not judged again', () => {
    const opened = given.given(...given.run(change, open(T0, 0)).past);
    opened.when(open(T0 + 2 * MINUTE, 0)).thenNothing();
    opened.when(open(T0 + MINUTE - 1, 1)).thenNothing();
    opened.when(open(T0 + MINUTE, 1)).thenTypes('CircuitOpened');
    const { past } = given.run(change, open(T0, 0), { type: 'CloseCircuit', now: T0 + MINUTE, provider: id });
    const closed = given.given(...past);
    closed.when(open(T0 + 2 * MINUTE, 1)).thenNothing();
    closed.when({ type: 'CloseCircuit', now: T0 + 2 * MINUTE, provider: id }).thenNothing();
    closed.when(open(T0 + 2 * MINUTE, 0)).thenTypes('CircuitOpened');
  });
});

describe('limits', () => {
  test('are those that were set last, and until then what is known of the provider', () => {
    expect(limitsOf(id, given.run(change).state)).toEqual(limits);
    expect(limitsOf('spotify', given.run().state)).toMatchObject({
      concurrency: 2,
      rate: { starts: 20, perMs: 30 * SECOND },
    });
    expect(providerEntry('nobody-knows')).toMatchObject({ id: 'nobody-knows', minimumInterval: MINUTE });
  });

  test('are of the provider by whichever of its names', () => {
    expect(['openai', 'prime', 'amazon-prime', 'spotify', 'constructor'].map(canonicalProvider)).toEqual([
      'chatgpt',
      'amazon_prime',
      'amazon_prime',
      'spotify',
      'constructor',
    ]);
  });
});
