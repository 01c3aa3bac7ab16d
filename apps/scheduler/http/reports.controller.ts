import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readQuery, recordsQuery, reportQuery, statisticsQuery } from '#lib/contracts/api';
import { DAY } from '#lib/domain/kernel';
import { Engine } from '#lib/wiring';
import { callerOf } from './authentication.js';
import { isoDeep, problem, ProblemException } from '../api/problem.js';
import { parse, readAt } from '../api/input.js';

/** Numbers: how things stand, over time, in one report, what they cost, and what the syncs brought home. */
@Controller('v1')
export class ReportsController {
  constructor(@Inject(Engine) private readonly engine: Engine) {}

  @Get('stats')
  async stats(@Query() query: unknown, @Req() request: FastifyRequest) {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    return isoDeep(this.engine.readModel.scheduleStats(callerOf(request).tenant, this.#now()));
  }

  @Get('statistics')
  async statistics(@Query() query: unknown, @Req() request: FastifyRequest) {
    const { atLeast, bucket, scope, subject, ...given } = parse(statisticsQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const range = this.#range(given, DAY);
    const items = this.engine.readModel.statistics(callerOf(request).tenant, {
      ...range,
      bucket,
      scope,
      subject,
    });
    return isoDeep({ ...range, bucket, scope, items });
  }

  /** The last seven days unless a range is given. */
  @Get('report')
  async report(@Query() query: unknown, @Req() request: FastifyRequest) {
    const { atLeast, ...given } = parse(reportQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const { from, to } = this.#range(given, 7 * DAY);
    return isoDeep({
      ...this.engine.readModel.report(callerOf(request).tenant, from, to),
      resources: this.#resources(),
    });
  }

  @Get('charges')
  async charges(@Query() query: unknown, @Req() request: FastifyRequest) {
    const filter = parse(recordsQuery, query, 'query');
    return { items: isoDeep(await this.engine.records.charges(this.#records(filter, request))) };
  }

  @Get('usage')
  async usage(@Query() query: unknown, @Req() request: FastifyRequest) {
    const filter = parse(recordsQuery, query, 'query');
    return { items: isoDeep(await this.engine.records.usage(this.#records(filter, request))) };
  }

  @Get('resources')
  resources() {
    return isoDeep(this.#resources());
  }

  /** What waits and what runs, and why each provider that is not served is not. */
  @Get('queue')
  queue(@Req() request: FastifyRequest) {
    const now = this.#now();
    const { admission, readModel } = this.engine;
    const lanes = [...admission.lanes()].filter(({ waiting, running }) => waiting + running > 0);
    const stopped = admission.stopped(now);
    return {
      capacity: admission.capacity,
      running: admission.busy,
      providers: lanes.map(({ provider, waiting, running }) => ({
        provider,
        waiting,
        running,
        ...(stopped.has(provider) ? { stopped: stopped.get(provider) } : {}),
      })),
      open: isoDeep(readModel.openRuns(callerOf(request).tenant).slice(0, 500)),
    };
  }

  #resources() {
    const { admission, heartbeats } = this.engine;
    const waiting = [...admission.lanes()].reduce((sum, lane) => sum + lane.waiting, 0);
    const executors = [...heartbeats.values()].map(({ executor, at, resources }) => ({
      id: executor,
      seenAt: at,
      ...resources,
    }));
    return { capacity: admission.capacity, running: admission.busy, waiting, executors };
  }

  #records(
    filter: {
      user?: string | undefined;
      provider?: string | undefined;
      connection?: string | undefined;
      limit: number;
    },
    request: FastifyRequest,
  ) {
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
      limit: number;
    };
    return { ...given, tenant: callerOf(request).tenant };
  }

  #range(
    { from, to }: { from?: number | undefined; to?: number | undefined },
    length: number,
  ): { readonly from: number; readonly to: number } {
    const end = to ?? this.#now() + 1;
    const start = from ?? end - length;
    if (start < end) return { from: start, to: end };
    const message = 'from must lie before to';
    throw new ProblemException(
      problem(400, 'invalid_query', message, { errors: [{ field: 'from', message, code: 'empty_range' }] }),
    );
  }

  #now(): number {
    return Math.floor(this.engine.environment.clock.now());
  }
}
