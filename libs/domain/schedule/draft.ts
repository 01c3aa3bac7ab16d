import type { Instant } from '#lib/domain/kernel';
import type { ScheduleEvent } from './events.js';
import { evolve } from './evolve.js';
import { isLiving, type LivingSchedule, type OpenRun } from './state.js';

/**
 * A decision in the making: later rules see the state as the earlier ones leave it. Two occurrences due at once are
 * decided one after the other, and the second meets the run of the first.
 */
export class Draft {
  readonly events: ScheduleEvent[] = [];

  constructor(
    public state: LivingSchedule,
    readonly now: Instant,
  ) {}

  emit(event: ScheduleEvent): void {
    this.events.push(event);
    const next = evolve(this.state, event, this.now);
    if (isLiving(next)) this.state = next;
  }

  find(run: string): OpenRun | undefined {
    return this.state.open.find((open) => open.run === run);
  }

  get active(): boolean {
    return this.state.status === 'active';
  }
}
