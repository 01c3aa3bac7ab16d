import { providerAggregate, type Unstamped } from '#lib/application/actors';
import {
  provider as providerName,
  providerLimitsBody,
  toProviderLimits,
  type ProviderLimitsInput,
} from '#lib/contracts/api';
import { providerStream } from '#lib/contracts/streams';
import type { Millis } from '#lib/domain/kernel';
import {
  limitsOf,
  providerEntry,
  type Circuit,
  type ProviderCommand,
  type ProviderLimits,
  type ProviderState,
} from '#lib/domain/provider';
import { providerLoads, toldProviders, type ProviderLoad } from '#lib/wiring';
import { pauseOptions, requestOptions, type PauseOptions, type RequestOptions } from './options.js';
import { parse } from './parse.js';
import type { Session } from './session.js';

/** A provider as it is served now. Instants and lengths in milliseconds. */
export type ProviderOverview = ProviderLoad & {
  readonly id: string;
  readonly name: string;
  /** Those in force: set here, or else the catalogue's. */
  readonly limits: ProviderLimits;
  /** The shortest interval at which a schedule may ask it. */
  readonly minimumIntervalMs: Millis;
  /** Open: it failed too often in a row, and is left alone `until` then. */
  readonly circuit: Circuit;
  readonly pause?: NonNullable<ProviderState['pause']>;
};

/**
 * Providers: how much may be asked of each, and whether anything is. They are the same for all tenants of one log; any of
 * a provider's names will do. Every method that writes resolves when the log has it. @throws {RequestRejected} from each
 */
export class ProviderManager {
  constructor(private readonly session: Session) {}

  /** Of one that nobody has heard of too: the defaults hold for it. */
  get(provider: string): ProviderOverview {
    return this.#overview(parse(providerName, provider, 'provider'), providerLoads(this.session.engine));
  }

  /** Those of the catalogue, of which anything was set, or for which something runs. By id. */
  list(): readonly ProviderOverview[] {
    const { engine } = this.session;
    const loads = providerLoads(engine);
    return toldProviders(engine).map((id) => this.#overview(id, loads));
  }

  /** In place of those in force, all of them. Without a breaker its default holds. */
  async changeLimits(
    provider: string,
    limits: ProviderLimitsInput,
    options: RequestOptions = {},
  ): Promise<void> {
    const { requestKey: key } = parse(requestOptions, options);
    const body = parse(providerLimitsBody, limits);
    const id = parse(providerName, provider, 'provider');
    const command = {
      type: 'ChangeProviderLimits',
      provider: id,
      limits: toProviderLimits(body, id),
    } as const;
    await this.#execute(command, { key, verb: 'limits', body: limits });
  }

  /** Starts nothing more for it; what runs goes on. */
  async pause(provider: string, options: PauseOptions & RequestOptions = {}): Promise<void> {
    const { requestKey: key, ...body } = parse(pauseOptions, options);
    const id = parse(providerName, provider, 'provider');
    await this.#execute(
      { type: 'PauseProvider', provider: id, cause: 'request', ...body },
      { key, verb: 'pause', body },
    );
  }

  async resume(provider: string, options: RequestOptions = {}): Promise<void> {
    const { requestKey: key } = parse(requestOptions, options);
    const id = parse(providerName, provider, 'provider');
    await this.#execute(
      { type: 'ResumeProvider', provider: id, automatic: false },
      { key, verb: 'resume', body: undefined },
    );
  }

  #overview(id: string, loads: (provider: string) => ProviderLoad): ProviderOverview {
    const known = this.session.engine.readModel.provider(id);
    const { name, minimumInterval: minimumIntervalMs } = providerEntry(id);
    return {
      id,
      name,
      limits: limitsOf(id, known),
      minimumIntervalMs,
      circuit: known?.circuit ?? { status: 'closed' },
      ...(known?.pause === undefined ? {} : { pause: known.pause }),
      ...loads(id),
    };
  }

  async #execute(
    command: Unstamped<ProviderCommand>,
    { key, verb, body }: { readonly key: string | undefined; readonly verb: string; readonly body: unknown },
  ): Promise<void> {
    const { provider } = command;
    const { actors } = this.session.engine;
    const context = this.session.context({ key, target: `providers.${verb} ${provider}`, body });
    await this.session.seen(actors.execute(providerAggregate, providerStream(provider), command, context));
  }
}
