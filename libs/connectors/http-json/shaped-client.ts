import { Agent, type Dispatcher } from 'undici';
import { HttpClient, type ConnectorManifest, type HttpOptions } from '../kit/index.js';

/** What a kit request cannot say by itself: a JSON body, headers of the provider's own, a target with its query. */
export type Shape = {
  readonly json?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Path and query as they stand: in place of the request's, which then only names it in messages. */
  readonly target?: string;
};

/** What else may differ from the client that the engine handed over. */
export type Surroundings = {
  readonly agent?: Agent;
  readonly manifest?: ConnectorManifest;
  readonly hosts?: ReadonlyMap<string, URL>;
};

/** The operator's settings behind a client: whether loopback is allowed, and the times it may take. */
export const optionsOf = (http: HttpClient): HttpOptions => http['pool'].options;

/** The kit's client with the same limits, times, error table and redaction, whose requests have another shape. */
export function shapedClient(http: HttpClient, shape: Shape, around: Surroundings = {}): HttpClient {
  const { agent = http['agent'], manifest = http['manifest'], hosts = http['hosts'] } = around;
  return new HttpClient(http['pool'], new ShapedAgent(agent, shape), manifest, hosts);
}

/** Owns no socket: it rewrites a request and passes it on, so nothing has to be closed. */
class ShapedAgent extends Agent {
  constructor(
    private readonly inner: Agent,
    private readonly shape: Shape,
  ) {
    super();
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { json, headers, target } = this.shape;
    const type = json === undefined ? {} : { 'content-type': 'application/json' };
    return this.inner.dispatch(
      {
        ...options,
        ...(target === undefined ? {} : { path: target }),
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        // The kit always hands over a plain object of headers.
        headers: { ...(options.headers as Readonly<Record<string, string>>), ...headers, ...type },
      },
      handler,
    );
  }
}
