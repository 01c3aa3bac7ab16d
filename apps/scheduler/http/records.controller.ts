import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordsQuery } from '#lib/contracts/api';
import type { ChargeRow, RecordPage, RecordPlace, SyncedRow, UsageRow } from '#lib/ports';
import { InvalidCursor } from '#lib/projections';
import { Engine } from '#lib/wiring';
import { parse } from '../api/input.js';
import { recordView } from '../api/report-views.js';
import { present } from '../api/views.js';
import { callerOf } from './authentication.js';

type List = 'charges' | 'usage';
const place = z.tuple([z.enum(['charges', 'usage']), z.string(), z.string(), z.string()]);

const cursorOf = (list: List, { on, connection, key }: RecordPlace): string =>
  Buffer.from(JSON.stringify([list, on, connection, key])).toString('base64url');

/** @throws {InvalidCursor} */
function placeOf(list: List, cursor: string): RecordPlace {
  try {
    const text = Buffer.from(cursor, 'base64url').toString();
    const [of, on, connection, key] = place.parse(JSON.parse(text));
    if (of === list) return { on, connection, key };
  } catch {
    // Told below.
  }
  throw new InvalidCursor();
}

/** What the syncs brought home, newest first, page by page. */
@Controller('v1')
export class RecordsController {
  constructor(@Inject(Engine) private readonly engine: Engine) {}

  @Get('charges')
  charges(@Query() query: unknown, @Req() request: FastifyRequest) {
    const read = (page: RecordPage) => this.engine.records.charges(page);
    return this.#page(query, request, { list: 'charges', read, on: (row: ChargeRow) => row.occurredOn });
  }

  @Get('usage')
  usage(@Query() query: unknown, @Req() request: FastifyRequest) {
    const read = (page: RecordPage) => this.engine.records.usage(page);
    return this.#page(query, request, { list: 'usage', read, on: (row: UsageRow) => row.occurredAt });
  }

  async #page<Row extends SyncedRow>(
    query: unknown,
    request: FastifyRequest,
    of: {
      readonly list: List;
      readonly read: (page: RecordPage) => Promise<readonly Row[]>;
      readonly on: (row: Row) => string | null;
    },
  ) {
    const { cursor, limit, ...filter } = parse(recordsQuery, query, 'query');
    const after = cursor === undefined ? {} : { after: placeOf(of.list, cursor) };
    const { tenant } = callerOf(request);
    // One more than is answered: whether there is another page.
    const rows = await of.read({ ...present(filter), ...after, tenant, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const next =
      last === undefined
        ? null
        : cursorOf(of.list, { on: of.on(last) ?? '', connection: last.connection, key: last.key });
    return { items: items.map(recordView), next };
  }
}
