import { afterEach, test } from '@jest/globals';
import {
  bankPlaid,
  httpJson,
  openaiOrgCosts,
  spotifyWebapi,
  type Connector,
  type HttpOptions,
} from '#lib/connectors';
import { MemoryVault } from '#lib/credentials';
import { demoSecret, HttpJsonStandIn } from '../../libs/connectors/testing/http-json-stand-in.js';
import { ManualClock, Rig, SpotifyStandIn } from '../../libs/connectors/testing/index.js';
import { OpenaiStandIn } from '../../libs/connectors/testing/openai-stand-in.js';
import { PlaidStandIn, plaidKeys } from '../../libs/connectors/testing/plaid-stand-in.js';
import { LyingProxy } from './lying-proxy.js';
import { CASES, draws, MOST_MS } from './mutate.js';
import { judgeOutcome } from './outcomes.js';
import { Complaints } from './verdict.js';

/** A provider that stands in for the real one, and the settings and secrets of a connection to it. */
type Provider = {
  readonly connector: Connector;
  readonly origin: string;
  readonly baseUrls: NonNullable<HttpOptions['baseUrls']>;
  readonly config: object;
  /** Of a connection made anew: what one round used up must not fail all the others. */
  secrets(): Record<string, string>;
  /** Its connector leaves out rows that it cannot read; others fail for the whole answer. */
  readonly rejects?: true;
  close(): Promise<unknown>;
};

const clock = new ManualClock();
const owner = { tenant: 'default', connection: 'connection-1' };
const originOf = (baseUrls: object): string =>
  /http:\/\/127\.0\.0\.1:\d+/.exec(JSON.stringify(baseUrls))?.[0] ?? '';

const providers: Record<string, () => Promise<Provider>> = {
  async 'spotify.webapi'() {
    const spotify = await SpotifyStandIn.start({ now: () => clock.instant });
    let users = 0;
    return {
      connector: spotifyWebapi,
      origin: originOf(spotify.baseUrls),
      baseUrls: spotify.baseUrls,
      config: { clientId: 'demo-client' },
      secrets: () => {
        const user = `demo-${(users += 1)}`;
        const { refreshToken } = spotify.addUser(user, 'premium');
        spotify.play(user, 3);
        return { refresh_token: refreshToken };
      },
      close: () => spotify.close(),
    };
  },
  async 'openai.org_costs'() {
    const openai = await OpenaiStandIn.start({ now: () => clock.instant });
    const key = openai.addKey('sk-admin-fuzzAAAAbbbbCCCC');
    openai.books.live('2026-11-20', 4);
    return {
      connector: openaiOrgCosts,
      origin: originOf(openai.baseUrls),
      baseUrls: openai.baseUrls,
      config: { since: '2026-11-17' },
      secrets: () => ({ admin_key: key }),
      close: () => openai.close(),
    };
  },
  async 'bank.plaid'() {
    const plaid = await PlaidStandIn.start({ pageSize: 3 });
    const item = plaid.addItem();
    item.recur('Netflix', 'NETFLIX.COM');
    for (let n = 0; n < 4; n += 1) item.pay('Netflix', 'NETFLIX.COM 866-579');
    return {
      connector: bankPlaid,
      rejects: true,
      origin: originOf(plaid.baseUrls),
      baseUrls: plaid.baseUrls,
      config: {},
      secrets: () => ({ ...plaidKeys, access_token: item.accessToken }),
      close: () => plaid.close(),
    };
  },
  async 'http.json'() {
    const service = await HttpJsonStandIn.start();
    for (let n = 0; n < 3; n += 1) service.bill();
    const fields = {
      charge_ref: '/id',
      amount_minor: { pointer: '/total', as: 'minor_units', currency: '/currency' },
      occurred_on: { pointer: '/paid', as: 'date' },
    };
    return {
      connector: httpJson,
      rejects: true,
      origin: service.url,
      baseUrls: {},
      config: {
        provider: 'acme',
        baseUrl: `${service.url}/v1`,
        path: '/plain',
        auth: { kind: 'bearer', secret: 'token' },
        incremental: { cursor: '/changed', parameter: 'since' },
        records: { stream: 'charges', items: '/data/invoices', key: ['/id'], fields },
      },
      secrets: () => ({ token: demoSecret }),
      close: () => service.close(),
    };
  },
};

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Requests that one sync of these small accounts may need, retries and pages included. */
const MOST = 500;
/** Most of a round is waiting, for an answer or for the end of one that is cut off. */
const AT_ONCE = 8;
const SHARE = Math.ceil(CASES / Object.keys(providers).length);

async function round(
  provider: Provider,
  proxy: LyingProxy,
  { name, round: n }: { readonly name: string; readonly round: number },
  complaints: Complaints,
): Promise<void> {
  const vault = new MemoryVault();
  await vault.write(owner, provider.secrets(), 0);
  const baseUrls = proxy.instead(provider.baseUrls);
  const http = { baseUrls, allowLoopback: true, headersMs: 200, bodyMs: 200, totalMs: 1_000 };
  const config = proxy.instead(provider.config);
  const rig = new Rig({ connector: provider.connector, config, vault, http, clock });
  proxy.begin(draws(5, n));
  for (const operation of ['incremental_sync', 'incremental_sync', 'full_sync'] as const) {
    try {
      judgeOutcome(await rig.run(operation), `${name} round ${n}`, complaints);
    } catch (error) {
      complaints.add(`${name} round ${n}`, `threw ${String(error)}`);
    }
  }
  if (proxy.asked > 3 * MOST) complaints.add(`${name} round ${n}`, `asked ${proxy.asked} times`);
}

test.each(Object.keys(providers))(
  'given answers of a provider that something has changed, %s reads them or fails with a class',
  async (name) => {
    const provider = await providers[name]!();
    open.push(provider);
    const complaints = new Complaints(name);
    const proxies: LyingProxy[] = [];
    let rounds = 0;
    const told = (): number => proxies.reduce((sum, { answers }) => sum + answers, 0);
    /** One connection after another, each with lies of its own, whoever else asks meanwhile. */
    const asking = async (): Promise<void> => {
      const proxy = await LyingProxy.start(provider.origin);
      proxies.push(proxy);
      open.unshift(proxy);
      while (told() < SHARE) await round(provider, proxy, { name, round: rounds++ }, complaints);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, asking));
    complaints.cases = told();
    complaints.settle(SHARE);
    complaints.expectSeen('succeeded', 'failed', ...(provider.rejects ? ['rejected'] : []));
  },
  MOST_MS,
);
