import { useState } from 'preact/hooks';
import { update } from '../../api/commands.js';
import { told, type Problem } from '../../api/problem.js';
import type { Schedule } from '../../api/shapes.js';
import { useAnswer } from '../../live/answer.js';
import { ofSchedule } from '../../live/changes.js';
import { ProblemNotice } from '../../parts/notice.js';
import { go, to } from '../../routing/route.js';

/** What of a schedule may change: it is answered as it would be asked for. */
const always = [
  'recurrence',
  'priority',
  'overlap',
  'bufferCap',
  'catchUp',
  'retry',
  'retryVersusNext',
  'snooze',
  'autoPause',
  'timeout',
] as const;
/** What it may do without. */
const perhaps = ['name', 'maxRuns', 'expectedDuration'] as const;

const definitionOf = (schedule: Schedule): object => {
  const fields = schedule as Readonly<Record<string, unknown>>;
  return Object.fromEntries([
    ...always.map((name) => [name, fields[name]]),
    ...perhaps.map((name) => [name, fields[name] ?? null]),
  ]);
};

/** Defines a schedule once more as it was, unless it is over. Whether it is paused stays. */
export function useAgain(then: Schedule) {
  const { id } = then;
  const { data: now } = useAnswer<Schedule>(`/v1/schedules/${encodeURIComponent(id)}`, ofSchedule(id));
  const [problem, setProblem] = useState<Problem>();
  const lives = now?.status === 'active' || now?.status === 'paused';
  const definition = definitionOf(then);
  const define = async (version: number): Promise<void> => {
    try {
      await update(id, definition, version);
      go(to(['schedules', id]));
    } catch (error) {
      setProblem(told(error));
    }
  };
  return {
    button: lives && JSON.stringify(definition) !== JSON.stringify(definitionOf(now)) && (
      <button type="button" onClick={() => void define(now.version)}>
        Define it like this again
      </button>
    ),
    refused: problem && <ProblemNotice problem={problem} />,
  };
}
