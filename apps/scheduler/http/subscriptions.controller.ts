import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { UserSubscription } from '#lib/application/subscriptions';
import { name, subscriptionsQuery } from '#lib/contracts/api';
import { publicEvent } from '#lib/contracts/integration';
import { subscriptionStream } from '#lib/contracts/streams';
import { iso } from '#lib/domain/kernel';
import { cursorOf, placeOf } from '#lib/projections';
import { Engine } from '#lib/wiring';
import { notFound, parse } from '../api/input.js';
import { callerOf } from './authentication.js';

const HISTORY = 500;

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

const shown = ({ sources, goneSince, rows: _, ...subscription }: UserSubscription) => ({
  ...subscription,
  goneSince: isoOrNull(goneSince),
  sources: sources.map(({ lastSeen, goneSince: gone, ...source }) => ({
    ...source,
    lastSeen: iso(lastSeen),
    goneSince: isoOrNull(gone),
  })),
});

/** What it is all for: a user's subscriptions, as all that was synced tells them together. */
@Controller('v1/subscriptions')
export class SubscriptionsController {
  constructor(@Inject(Engine) private readonly engine: Engine) {}

  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest) {
    const { user, provider, status, limit, cursor } = parse(subscriptionsQuery, query, 'query');
    const { tenant } = callerOf(request);
    const after = cursor === undefined ? undefined : String(placeOf('subscriptions', cursor)[1]);
    const { subscriptions } = this.engine;
    const { items, next } =
      user === undefined
        ? await subscriptions.page({ tenant, after, limit })
        : { items: await subscriptions.list({ tenant, user }), next: undefined };
    const wanted = items.filter(
      (one) =>
        (provider === undefined || one.service === provider) &&
        (status === undefined || one.status === status),
    );
    return { items: wanted.map(shown), next: next === undefined ? null : cursorOf('subscriptions', 0, next) };
  }

  /** One subscription, with how it came to be so: oldest change first. */
  @Get(':user/:id')
  async get(@Param('user') given: string, @Param('id') id: string, @Req() request: FastifyRequest) {
    const { tenant } = callerOf(request);
    const user = parse(name, given, 'path');
    const found = (await this.engine.subscriptions.list({ tenant, user })).find((one) => one.id === id);
    if (found === undefined) throw notFound('subscription', id);
    const events = await this.engine.store.readStream(subscriptionStream(tenant, user, id), {
      backwards: true,
      limit: HISTORY,
    });
    return { ...shown(found), history: events.toReversed().map(publicEvent) };
  }
}
