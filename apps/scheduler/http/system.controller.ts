import { Controller, Get, Inject, Query, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { eventsQuery } from '#lib/contracts/api';
import { Engine, readinessOf } from '#lib/wiring';
import { callerOf } from './authentication.js';
import { streamEvents } from './event-stream.js';
import { openApi } from './open-api.js';
import { problem, ProblemException } from '../api/problem.js';
import { parse } from '../api/input.js';

@Controller()
export class SystemController implements OnModuleDestroy {
  #streams = 0;
  readonly #stopping = new AbortController();

  constructor(@Inject(Engine) private readonly engine: Engine) {
    engine.telemetry.gauge('syncopate_event_streams', 'Open event streams (SSE)', () => this.#streams);
  }

  /** They would never end by themselves. */
  onModuleDestroy(): void {
    this.#stopping.abort();
  }

  /** The process is alive. */
  @Get('healthz')
  health() {
    return { status: 'ok' };
  }

  /** The log is read and takes what is decided, the clock is watched, and the others are there to share with. */
  @Get('readyz')
  async ready() {
    const readiness = await readinessOf(this.engine);
    if ('why' in readiness)
      throw new ProblemException(problem(503, 'not_ready', readiness.why), { 'retry-after': '2' });
    return { status: 'ready', ...readiness };
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply) {
    const { registry } = this.engine.telemetry;
    reply.type(registry.contentType);
    return registry.metrics();
  }

  @Get('v1/openapi.json')
  description(): Promise<object> {
    return openApi();
  }

  /** Live events; `Last-Event-ID` or `after` says where to go on, otherwise from now. */
  @Get('v1/events')
  async events(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { after, schedule, types } = parse(eventsQuery, query, 'query');
    const { tenant, stillHolds } = callerOf(request);
    const head = await this.engine.store.head();
    const from = lastEventId(request) ?? after ?? head;
    if (from > head) throw new ProblemException(beyondLog(from, head));
    if (request.method === 'HEAD') return void reply.type('text/event-stream; charset=utf-8').send();
    reply.hijack();
    // It left while the log was asked.
    if (reply.raw.destroyed) return;
    await streamEvents(reply.raw, {
      store: this.engine.store,
      timers: this.engine.environment.timers,
      tenant,
      stillHolds,
      after: from,
      schedule,
      types,
      headers: reply.getHeaders(),
      stopping: this.#stopping.signal,
      onOpen: () => (this.#streams += 1),
      onClose: () => (this.#streams -= 1),
    });
  }
}

/** Waiting there until the log has grown would pass over all that comes before: an older copy of it was put back. */
const beyondLog = (from: number, head: number) =>
  problem(
    400,
    'position_beyond_log',
    `${from} is beyond the last event of the log, ${head}: the log is another than the one that this position is of. ` +
      'Start without it, and read again what you keep',
  );

function lastEventId(request: FastifyRequest): number | undefined {
  const given = request.headers['last-event-id'];
  if (given === undefined || given === '') return undefined;
  if (typeof given !== 'string' || !/^\d{1,15}$/.test(given))
    throw new ProblemException(
      problem(
        400,
        'invalid_last_event_id',
        'Last-Event-ID must be the id of an event of this stream: a log position',
      ),
    );
  return Number(given);
}
