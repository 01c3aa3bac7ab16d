import { unreachable } from '#lib/domain/kernel';
import type { Projection, ProviderFact } from '../runner/projection.js';
import type { ProviderRow } from './table.js';

const noPause = { pauseCause: null, pauseNote: null, pausedAt: null, pausedUntil: null } as const;
const closed = {
  circuit: 'closed',
  circuitUntil: null,
  circuitOpened: 0,
  circuitFailures: 0,
  circuitMessage: null,
} as const;

const fresh = (id: string, tenant: string, at: number): ProviderRow => ({
  id,
  tenant,
  limits: null,
  ...noPause,
  ...closed,
  updatedAt: at,
});

function changed(row: ProviderRow, event: ProviderFact): ProviderRow {
  switch (event.type) {
    case 'ProviderLimitsChanged':
      return { ...row, limits: event.data.limits };
    case 'ProviderPaused': {
      const { cause, note, until } = event.data;
      return {
        ...row,
        pauseCause: cause,
        pauseNote: note ?? null,
        pausedAt: event.metadata.at,
        pausedUntil: until ?? null,
      };
    }
    case 'ProviderResumed':
      return { ...row, ...noPause };
    case 'CircuitOpened': {
      const { failures, until, opened, message } = event.data;
      return {
        ...row,
        circuit: 'open',
        circuitUntil: until,
        circuitOpened: opened,
        circuitFailures: failures,
        circuitMessage: message,
      };
    }
    case 'CircuitClosed':
      return { ...row, ...closed };
    default:
      return unreachable(event);
  }
}

/** `providers`: limits, pauses and circuits as last set. */
export const providers: Projection<ProviderFact> = {
  name: 'providers',
  apply(event, id, rows) {
    const { tenant, at } = event.metadata;
    rows.providers.put(id, {
      ...changed(rows.providers.get(id) ?? fresh(id, tenant, at), event),
      tenant,
      updatedAt: at,
    });
  },
};
