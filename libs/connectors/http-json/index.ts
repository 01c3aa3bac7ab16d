import {
  defineConnector,
  RowQuality,
  type Connector,
  type ConnectorContext,
  type Message,
} from '../kit/index.js';
import type { HttpJsonConfig } from './config.js';
import { manifest } from './manifest.js';
import { pagesOf } from './pages.js';
import { systemResolve, type Resolve } from '../kit/private-address.js';
import { rowOf } from './rows.js';
import { Source } from './source.js';
import { Progress, settingsDigest, stateOf } from './state.js';

export type HttpJsonOptions = {
  /** Where names are looked up. Default: the system. */
  readonly resolve?: Resolve;
};

/** Half of the items may be of another kind than the settings mean; more, and the settings fit no longer. */
const BAD_SHARE = 0.5;

/** Any JSON API by its description: addresses, paging and fields are settings. */
export const createHttpJson = ({ resolve = systemResolve }: HttpJsonOptions = {}): Connector =>
  defineConnector<HttpJsonConfig>({
    manifest,
    async check(context) {
      const source = await Source.open(context, resolve);
      try {
        // The first page only, by the same way as a read goes.
        await pagesOf(source, context.config, {}).next();
        return { ok: true, account: `${context.config.provider} at ${source.host}` };
      } finally {
        await source.close();
      }
    },
    async *read(context) {
      const before = stateOf(context, settingsDigest(context.config));
      const source = await Source.open(context, resolve);
      try {
        const { incremental } = context.config;
        const progress = new Progress(incremental, before);
        const resumes = incremental !== undefined && before.cursor !== undefined;
        const since = resumes ? { [incremental.parameter]: before.cursor ?? '' } : {};
        yield* messagesOf(context, source, since, progress);
        // Only now: pages come in any order, so a cursor from the middle could jump over what is still to come.
        yield { kind: 'state', state: progress.state() };
      } finally {
        await source.close();
      }
    },
  });

async function* messagesOf(
  { config }: ConnectorContext<HttpJsonConfig>,
  source: Source,
  since: Readonly<Record<string, string | number>>,
  progress: Progress,
): AsyncGenerator<Message> {
  const quality = new RowQuality(`${config.provider}'s answer`, BAD_SHARE);
  const { stream } = config.records;
  let done = 0;
  for await (const items of pagesOf(source, config, since)) {
    for (const item of items) {
      const row = rowOf(item, config, source.secrets);
      if (!row.ok) {
        quality.bad();
        yield { kind: 'rejected', stream, reason: row.reason };
        continue;
      }
      quality.good();
      if (progress.isOld(item, row.record.key)) continue;
      progress.read(item, row.record.key);
      yield { kind: 'record', record: row.record };
    }
    done += items.length;
    yield { kind: 'progress', done };
  }
  quality.finish();
}

export const httpJson = createHttpJson();
