import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { pause, remove, resume, skipNext, trigger } from '../../api/commands.js';
import type { Schedule } from '../../api/shapes.js';
import { nameOf } from '../../parts/directory.js';
import { Dialog } from '../../parts/dialog.js';
import { OutcomeList, useOutcomes, type Item } from '../../parts/outcomes.js';
import { PauseDialog } from '../../parts/pause-dialog.js';
import { recurrenceText } from '../../words/recurrence.js';

/** What can be done to a schedule, one or several: the same from a row, a selection, and its own page. */
export type Action = 'trigger' | 'pause' | 'resume' | 'skip-next' | 'delete';

export const actionNames: Readonly<Record<Action, string>> = {
  trigger: 'Run now',
  pause: 'Pause',
  resume: 'Resume',
  'skip-next': 'Skip next',
  delete: 'Delete',
};

/** Those that a schedule takes as it stands; of a selection all are offered, and each answers for itself. */
export const actionsFor = ({ status }: Schedule): readonly Action[] => {
  if (status === 'active') return ['trigger', 'pause', 'skip-next', 'delete'];
  if (status === 'paused') return ['trigger', 'resume', 'delete'];
  return status === 'completed' ? ['delete'] : [];
};

const plain = { trigger, resume, 'skip-next': skipNext } as const;

const itemOf = (schedule: Schedule): Item => ({ id: schedule.id, name: nameOf(schedule) });

const counted = (schedules: readonly Schedule[]): string =>
  schedules.length === 1 && schedules[0] !== undefined
    ? `“${nameOf(schedules[0])}”`
    : `${schedules.length} schedules`;

function DeleteDialog({
  schedules,
  onConfirm,
  onClose,
}: {
  readonly schedules: readonly Schedule[];
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      title={`Delete ${counted(schedules)}?`}
      confirm="Delete"
      danger
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>
        Nothing of it will run any more, and what runs is cancelled. Its history stays. There is no way back.
      </p>
      <ul class="named">
        {schedules.map((schedule) => (
          <li key={schedule.id}>
            <b>{nameOf(schedule)}</b>
            <small>
              {schedule.user} · {schedule.provider} · {recurrenceText(schedule.recurrence)}
            </small>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

type Asked = { readonly action: 'pause' | 'delete'; readonly schedules: readonly Schedule[] };

export function useScheduleActions(after: () => void): {
  readonly perform: (action: Action, schedules: readonly Schedule[]) => void;
  /** Its dialogs, and what became of what was asked. */
  readonly shown: ComponentChildren;
} {
  const { outcomes, run, dismiss } = useOutcomes();
  const [asked, setAsked] = useState<Asked>();
  const start = (
    action: Action,
    schedules: readonly Schedule[],
    act: (item: Item) => Promise<unknown>,
  ): void => void run(actionNames[action], schedules.map(itemOf), act).then(after);
  const perform = (action: Action, schedules: readonly Schedule[]): void => {
    if (schedules.length === 0) return;
    if (action === 'pause' || action === 'delete') return setAsked({ action, schedules });
    start(action, schedules, ({ id }) => plain[action](id));
  };
  const close = (): void => setAsked(undefined);
  const shown = (
    <>
      <OutcomeList outcomes={outcomes} dismiss={dismiss} />
      {asked?.action === 'delete' && (
        <DeleteDialog
          schedules={asked.schedules}
          onConfirm={() => start('delete', asked.schedules, ({ id }) => remove(id))}
          onClose={close}
        />
      )}
      {asked?.action === 'pause' && (
        <PauseDialog
          title={`Pause ${counted(asked.schedules)}?`}
          about="What is waiting is cancelled, what runs goes on to its end, and nothing more is due until it is resumed."
          onConfirm={(given) => start('pause', asked.schedules, ({ id }) => pause(id, given))}
          onClose={close}
        />
      )}
    </>
  );
  return { perform, shown };
}

/** Of one row: the two that are wanted most, and the rest behind them. */
export function RowActions({
  schedule,
  perform,
}: {
  readonly schedule: Schedule;
  readonly perform: (action: Action, schedules: readonly Schedule[]) => void;
}) {
  return (
    <span class="rowactions">
      {actionsFor(schedule).map((action) => (
        <button
          key={action}
          type="button"
          class={action === 'delete' ? 'quiet danger' : 'quiet'}
          aria-label={`${actionNames[action]}: ${nameOf(schedule)}`}
          onClick={() => perform(action, [schedule])}
        >
          {actionNames[action]}
        </button>
      ))}
    </span>
  );
}
