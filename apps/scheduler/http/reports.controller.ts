import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readQuery, reportQuery, statisticsQuery } from '#lib/contracts/api';
import { DAY, iso } from '#lib/domain/kernel';
import { Engine, stops } from '#lib/wiring';
import { callerOf } from './authentication.js';
import { bucketView, openRunView, rangeView, reportView, statsView } from '../api/report-views.js';
import { parse, readAt, wrongQuery } from '../api/input.js';

/** All of it is read while nobody else is answered. */
const LONGEST_REPORT = 366 * DAY;

/** Numbers: how things stand, over time, in one report, and what they cost. */
@Controller('v1')
export class ReportsController {
  constructor(@Inject(Engine) private readonly engine: Engine) {}

  @Get('stats')
  async stats(@Query() query: unknown, @Req() request: FastifyRequest) {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    return statsView(this.engine.readModel.scheduleStats(callerOf(request).tenant, this.#now()));
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
    return { ...rangeView(range), bucket, scope, items: items.map(bucketView) };
  }

  /** The last seven days unless a range is given. */
  @Get('report')
  async report(@Query() query: unknown, @Req() request: FastifyRequest) {
    const { atLeast, ...given } = parse(reportQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const { from, to } = this.#range(given, 7 * DAY, LONGEST_REPORT);
    return {
      ...reportView(this.engine.readModel.report(callerOf(request).tenant, from, to)),
      resources: this.#resources(),
    };
  }

  @Get('resources')
  resources() {
    return this.#resources();
  }

  /** What waits and what runs, and why each provider that is not served is not. */
  @Get('queue')
  queue(@Req() request: FastifyRequest) {
    const now = this.#now();
    const { admission, readModel } = this.engine;
    const lanes = [...admission.lanes()].filter(({ waiting, running }) => waiting + running > 0);
    const { tenant } = callerOf(request);
    const stopped = stops(this.engine, now, tenant);
    return {
      capacity: admission.capacity,
      running: admission.busy,
      providers: lanes.map(({ provider, waiting, running }) => ({
        provider,
        waiting,
        running,
        ...(stopped.has(provider) ? { stopped: stopped.get(provider) } : {}),
      })),
      open: readModel.openRuns(tenant, 500).map(openRunView),
    };
  }

  #resources() {
    const { admission, heartbeats } = this.engine;
    const waiting = [...admission.lanes()].reduce((sum, lane) => sum + lane.waiting, 0);
    const executors = heartbeats.values().map(({ executor, at, resources }) => ({
      id: executor,
      seenAt: iso(at),
      ...resources,
    }));
    return { capacity: admission.capacity, running: admission.busy, waiting, executors };
  }

  #range(
    { from, to }: { from?: number | undefined; to?: number | undefined },
    length: number,
    longest = Infinity,
  ): { readonly from: number; readonly to: number } {
    const end = to ?? this.#now() + 1;
    const start = from ?? end - length;
    if (start >= end) throw wrongQuery('from', 'from must lie before to', 'empty_range');
    if (end - start > longest)
      throw wrongQuery('from', `a report covers at most ${longest / DAY} days`, 'range_too_large');
    return { from: start, to: end };
  }

  #now(): number {
    return Math.floor(this.engine.environment.clock.now());
  }
}
