import { Inject, Injectable } from '@nestjs/common';
import type { Environment } from '#lib/ports';
import { Engine } from '#lib/wiring';
import { callContext, type Reply } from '../api/call.js';
import { internal, isOutage, problem, problemOf, ProblemException } from '../api/problem.js';
import { fitted, roomIn, type NatsAnswer } from './answer.js';
import { ConnectionOperations } from './connection-operations.js';
import type { Operations } from './operation.js';
import { Unreadable } from './plain-json.js';
import { ScheduleOperations } from './schedule-operations.js';

/** A command or query as it came over NATS. */
export type NatsRequest = {
  readonly tenant: string;
  readonly resource: string;
  readonly verb: string;
  readonly payload: unknown;
  /** Header `Idempotency-Key`. */
  readonly key: string | undefined;
};

/**
 * Every subject under `commands` and `submit`, and the operation it stands for. A payload is a JSON object: `id` and
 * `version` say which resource, as seen by the caller; what is left is the body or the query that HTTP takes.
 */
@Injectable()
export class NatsOperations {
  readonly #operations: Operations;
  readonly #environment: Environment;

  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(ScheduleOperations) schedules: ScheduleOperations,
    @Inject(ConnectionOperations) connections: ConnectionOperations,
  ) {
    this.#environment = engine.environment;
    this.#operations = { ...schedules.all, ...connections.all };
  }

  /** The names that subjects may end in. */
  get names(): readonly string[] {
    return Object.keys(this.#operations);
  }

  /** Never throws; an outage is an answer too, with `retry` for those who can wait. */
  async answer(request: NatsRequest): Promise<NatsAnswer & { readonly retry?: boolean }> {
    const most = roomIn(this.engine.messaging.nats?.nc);
    try {
      const { body, retry = false } = await this.#run(request);
      return { ...fitted({ ok: true, result: body }, most), ...(retry ? { retry } : {}) };
    } catch (error) {
      const known = problemOf(error);
      if (known !== undefined) {
        const answer = fitted({ ok: false, problem: known.problem }, most);
        return { ...answer, ...(isOutage(known) ? { retry: true } : {}) };
      }
      const id = this.#environment.ids.next();
      this.engine.log('error', `${request.resource}.${request.verb} over NATS failed, error ${id}`, {
        error,
      });
      return { ok: false, problem: internal(id) };
    }
  }

  #run(request: NatsRequest): Promise<Reply> {
    const name = `${request.resource}.${request.verb}`;
    const operation = Object.hasOwn(this.#operations, name) ? this.#operations[name] : undefined;
    if (operation === undefined) {
      const detail = `there is no ${name}; there are ${this.names.join(', ')}`;
      throw new ProblemException(problem(404, 'no_such_operation', detail));
    }
    const { id: named, version, ...rest } = objectOf(request.payload);
    const id = textOf('id', named);
    const { tenant, key } = request;
    const context = callContext(
      this.engine,
      { tenant, actor: 'nats' },
      { key, target: `NATS ${name} ${id}`, body: rest },
    );
    const content = operation.bodied
      ? { body: Object.keys(rest).length === 0 ? undefined : rest }
      : { query: rest };
    return operation.run({ context, id, ifVersion: versionOf(version), ...content });
  }
}

const wrong = (detail: string): ProblemException =>
  new ProblemException(problem(422, 'invalid_body', detail));

function objectOf(payload: unknown): Record<string, unknown> {
  if (payload === undefined || payload === null) return {};
  if (payload instanceof Unreadable) throw wrong(payload.why);
  if (typeof payload !== 'object' || Array.isArray(payload)) throw wrong('the payload must be a JSON object');
  return payload as Record<string, unknown>;
}

function textOf(field: string, value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') throw wrong(`${field} must be a string`);
  return value;
}

function versionOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value) || (value as number) < 1)
    throw wrong('version must be a whole number from 1');
  return value as number;
}
