import type { StoredEvent } from '#lib/contracts/events';
import type { Admission } from './admission.js';

/**
 * What an event says of a provider's lane, or of a tenant's share. Answers whether somebody may start now who could not
 * before.
 */
export function followLimits(admission: Admission, event: StoredEvent): boolean {
  switch (event.type) {
    case 'ProviderLimitsChanged':
      admission.lane(event.data.provider).limits = event.data.limits;
      return true;
    case 'ProviderPaused':
      admission.lane(event.data.provider).pause(event.data.until);
      return false;
    case 'ProviderResumed':
      admission.lane(event.data.provider).resume();
      return true;
    case 'CircuitOpened': {
      const { provider, ...circuit } = event.data;
      admission.lane(provider).circuit = { status: 'open', ...circuit };
      return true;
    }
    case 'CircuitClosed':
      admission.lane(event.data.provider).circuit = { status: 'closed' };
      return true;
    case 'TenantLimitsChanged':
      admission.tenants.set(event.data.tenant, event.data.limits);
      return true;
    default:
      return false;
  }
}
