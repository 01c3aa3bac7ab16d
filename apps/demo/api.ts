/** The service's HTTP API, as any client would call it. */
export type Answer = { readonly status: number; readonly body: Record<string, unknown> };

export class Api {
  constructor(readonly url: string) {}

  get = (path: string): Promise<Answer> => this.#send('GET', path);
  post = (path: string, body?: object): Promise<Answer> => this.#send('POST', path, body);
  put = (path: string, body: object): Promise<Answer> => this.#send('PUT', path, body);

  async #send(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** Calls back for each live event until the signal ends it. */
  async follow(signal: AbortSignal, on: (event: LiveEvent) => void): Promise<void> {
    const response = await fetch(`${this.url}/v1/events?after=0`, { signal });
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const data = /^data: (.*)$/m.exec(frame)?.[1];
        if (data !== undefined) on(JSON.parse(data) as LiveEvent);
      }
    }
  }
}

export type LiveEvent = {
  readonly type: string;
  readonly at: string;
  readonly stream: string;
  readonly data: Record<string, unknown>;
};
