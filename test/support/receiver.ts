import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export type Told = {
  readonly id: string;
  /** Of the try, in seconds. */
  readonly timestamp: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly raw: string;
};

type Answer = (told: Told, response: ServerResponse) => void;

const ok: Answer = (_, response) => void response.writeHead(204).end();

/** A product's endpoint: what it is told is verified by the specification's own library, or noted as forged. */
export class Receiver {
  readonly told: Told[] = [];
  readonly forged: string[] = [];
  secret = '';
  answer: Answer = ok;
  readonly #waiting = new Set<() => void>();
  readonly #server = createServer((request, response) => void this.#take(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  answers(status: number, headers: Record<string, string> = {}, body = ''): void {
    this.answer = (_, response) => void response.writeHead(status, headers).end(body);
  }

  takes(): void {
    this.answer = ok;
  }

  /** The first that satisfies it, once it has come. */
  async first(wanted: (told: Told) => boolean): Promise<Told> {
    for (;;) {
      const found = this.told.find(wanted);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const raw = Buffer.concat(pieces).toString();
    const headers = Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [
        name,
        String(request.headers[name]),
      ]),
    );
    const told: Told = {
      id: headers['webhook-id'] ?? '',
      timestamp: Number(headers['webhook-timestamp']),
      body: JSON.parse(raw) as Record<string, unknown>,
      raw,
    };
    try {
      new Webhook(this.secret).verify(raw, headers);
    } catch {
      this.forged.push(told.id);
    }
    this.told.push(told);
    this.answer(told, response);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
