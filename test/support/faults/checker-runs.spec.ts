import { describe, expect, it } from '@jest/globals';
import { MINUTE } from '#lib/domain/kernel';
import { eventful, judge, planting, violated, type Evidence } from './evidence.js';
import { LEASE } from './virtual-world.js';

describe('check: attempts, runs, executors', () => {
  const clean = eventful();
  const { withLog, indexOf, ofType, without, twice, changed } = planting(clean);

  describe('P8', () => {
    it('sees two open attempts', () => {
      const skip = ofType('skipping', 'OccurrenceSkipped');
      const queued = clean.events[ofType('skipping', 'RunQueued')]!;
      const { nominal } = clean.events[skip]!.data as { nominal: number };
      const data = { ...queued.data, run: 'skipping.1.beside', nominal, effective: nominal };
      const beside = withLog((events) =>
        events.with(skip, { ...queued, data, metadata: events[skip]!.metadata }),
      );
      // It never ends, too.
      expect(violated(beside)).toEqual(['P8', 'P21']);
    });

    it('sees an attempt that was claimed twice', () => {
      expect(violated(twice(ofType('plain', 'RunStarted')))).toEqual(['P8']);
    });

    it('sees an effect after a take-over, unless the world refused it', () => {
      const lost = indexOf((_, { cause }) => cause === 'lease_lost');
      const { run, attempt } = clean.events[lost]!.data as { run: string; attempt: number };
      const old = clean.journal.find((line) => line.run === run && line.attempt === attempt)!;
      const next = clean.journal.find((line) => line.run === run && line.attempt === attempt + 1)!;
      const late = { ...old, kind: 'effect' as const, at: next.at + 1 };
      expect(violated({ ...clean, journal: [...clean.journal, late] })).toEqual(['P8']);
      // Granted to somebody who never heard of it, the new attempt is in nobody's way.
      const never = clean.journal.filter(
        ({ fence, schedule }) => schedule !== next.schedule || fence <= old.fence,
      );
      const alone = judge({ ...clean, journal: [...never, late] });
      expect(alone.find(({ property }) => property === 'P8')!.violations).toEqual([]);
      const refused = { ...late, outcome: 'refused' };
      expect(violated({ ...clean, journal: [...clean.journal, refused] })).toEqual([]);
    });

    it('sees an effect under a fence that nobody was given', () => {
      const effect = clean.journal.find(({ kind }) => kind === 'effect')!;
      expect(violated({ ...clean, journal: [...clean.journal, { ...effect, fence: 999 }] })).toEqual(['P8']);
    });
  });

  describe('P8, who acts', () => {
    const begun = ofType('plain', 'RunStarted');
    const { run, executor } = clean.events[begun]!.data as { run: string; executor: string };
    const other = executor === 'x1' ? 'x2' : 'x1';
    const withJournal = (journal: Evidence['journal']): Evidence => ({ ...clean, journal });

    it.each(['start', 'effect'] as const)('sees a %s by another than the one that was granted it', (kind) => {
      const journal = clean.journal.map((line) =>
        line.run === run && line.kind === kind ? { ...line, executor: other } : line,
      );
      expect(violated(withJournal(journal))).toEqual(['P8']);
    });

    it('sees a start under a fence that nobody was given', () => {
      const start = clean.journal.find(({ kind }) => kind === 'start')!;
      expect(violated(withJournal([...clean.journal, { ...start, fence: 999 }]))).toEqual(['P8']);
    });

    it('sees an attempt that its holder begins twice, unless the holder died in between', () => {
      const start = clean.journal.find((line) => line.run === run && line.kind === 'start')!;
      const again = withJournal([...clean.journal, { ...start, at: start.at + 1 }]);
      expect(violated(again)).toEqual(['P8']);
      const deaths = [...clean.options.deaths!, { at: start.at, executor }];
      const succeeded = { ...again, options: { ...clean.options, deaths } };
      expect(judge(succeeded).find(({ property }) => property === 'P8')!.violations).toEqual([]);
    });

    it('sees a run by hand beside another, unless clients bring policies of their own', () => {
      const skip = ofType('skipping', 'OccurrenceSkipped');
      const queued = clean.events[ofType('skipping', 'RunQueued')]!;
      const data = { ...queued.data, run: 'skipping.m.beside', trigger: 'manual' };
      const beside = withLog((events) =>
        events.toSpliced(skip, 0, { ...queued, id: 'hand', data, metadata: events[skip]!.metadata }),
      );
      const blamed = (evidence: Evidence): boolean =>
        judge(evidence).some(({ violations }) =>
          violations.some((text) => text.startsWith('attempt 1 of skipping.m.beside is queued while')),
        );
      expect(blamed(beside)).toBe(true);
      expect(blamed({ ...beside, options: { ...clean.options, manualOverlaps: true } })).toBe(false);
    });
  });

  it('P21: sees an attempt that never ends, a wait that is never over, and a run held back for nothing', () => {
    const onlyUntil = (index: number): Evidence =>
      withLog((events) => {
        const { stream } = events[index]!;
        return events.filter((event, at) => at <= index || event.stream !== stream);
      });
    for (const [schedule, type] of [
      ['plain', 'RunStarted'],
      ['failing', 'RunSnoozed'],
      ['failing', 'RetryScheduled'],
    ] as const)
      expect(violated(onlyUntil(ofType(schedule, type)))).toContain('P21');
    const backfilled = indexOf(({ stream, type }) => stream === 'schedule-plain' && type === 'RunBuffered');
    const { run } = clean.events[backfilled]!.data as { run: string };
    const heldBack = withLog((events) =>
      events.filter((event, at) => at <= backfilled || (event.data as { run?: string }).run !== run),
    );
    expect(violated(heldBack)).toContain('P21');
  });

  it('P22: sees an attempt that ends twice', () => {
    expect(violated(twice(ofType('failing', 'RunFailed')))).toContain('P22');
    expect(violated(twice(ofType('failing', 'RunSnoozed')))).toContain('P22');
  });

  it('P22: sees a success that its holder was not done with', () => {
    const { run, attempt } = clean.events[ofType('plain', 'RunSucceeded')]!.data as {
      run: string;
      attempt: number;
    };
    const journal = clean.journal.filter(
      (line) => line.run !== run || line.attempt !== attempt || line.kind !== 'end',
    );
    expect(violated({ ...clean, journal })).toEqual(['P22']);
  });

  it('P22: sees a success before its holder was done, whatever decisions may be late by', () => {
    const succeeded = ofType('plain', 'RunSucceeded');
    const { run } = clean.events[succeeded]!.data as { run: string };
    const journal = clean.journal.map((line) =>
      line.run === run && line.kind === 'end' ? { ...line, at: line.at + 1 } : line,
    );
    expect(violated({ ...clean, journal })).toEqual(['P22']);
    expect(violated({ ...clean, journal, options: { ...clean.options, skewMs: 1 } })).toEqual([]);
  });

  it.each([
    ['success', 'plain', 'RunSucceeded', 'failed'],
    ['failure', 'failing', 'RunFailed', 'succeeded'],
    ['snooze', 'failing', 'RunSnoozed', 'failed'],
  ])('P22: sees a %s that is not what the work came to', (_, schedule, type, outcome) => {
    const { run, attempt } = clean.events[ofType(schedule, type)]!.data as { run: string; attempt: number };
    const journal = clean.journal.map((line) =>
      line.run === run && line.attempt === attempt && line.kind === 'end' ? { ...line, outcome } : line,
    );
    expect(violated({ ...clean, journal })).toEqual(['P22']);
  });

  it('P26: sees a run that ends twice, goes on after its end, or is left in between', () => {
    expect(violated(twice(ofType('plain', 'RunSucceeded')))).toContain('P26');
    expect(violated(twice(ofType('cutting', 'RunCancelled')))).toEqual(['P26']);
    const abandoned = ofType('failing', 'RunAbandoned');
    expect(violated(without(abandoned))).toContain('P26');
    const succeeded = ofType('plain', 'RunSucceeded');
    const started = ofType('plain', 'RunStarted');
    const after = withLog((events) =>
      events.toSpliced(succeeded + 1, 0, { ...events[started]!, id: 'again' }),
    );
    expect(violated(after)).toEqual(['P26']);
  });

  describe('P23', () => {
    it('sees a death that was noticed late', () => {
      const lost = indexOf((_, { cause }) => cause === 'lease_lost');
      expect(violated(changed(lost, { at: 2 * LEASE }))).toContain('P23');
    });

    it('sees an executor that stops an attempt, and nobody had asked for it', () => {
      const error = { class: 'TRANSIENT', code: 'cancelled_unasked', message: 'stopped' };
      expect(violated(changed(ofType('failing', 'RunFailed'), { data: { error } }))).toEqual(['P23']);
    });

    it('sees a living executor lose its lease, unless it could not be heard', () => {
      const expired = ofType('failing', 'RunFailed');
      const living = changed(expired, { data: { cause: 'lease_lost' } });
      expect(violated(living)).toEqual(['P23']);
      expect(judge(living).find(({ property }) => property === 'P23')!.violations).toHaveLength(1);
      const { metadata, data } = clean.events[expired]!;
      const { run, attempt } = data as { run: string; attempt: number };
      const journal = clean.journal.filter(
        (line) => line.run !== run || line.attempt !== attempt || line.kind !== 'end',
      );
      const span = { from: metadata.at - MINUTE, to: metadata.at };
      const silences = ['x1', 'x2'].map((executor) => ({ executor, ...span }));
      expect(violated({ ...living, journal, options: { ...clean.options, silences } })).toEqual([]);
    });
  });

  describe('P28', () => {
    const drained = (): { run: string; attempt: number; end: number; start: number } => {
      const [drain] = clean.options.drains!;
      const end = indexOf(({ type, metadata }, { run }) => {
        const started = clean.events.findLast(
          (other) => other.type === 'RunStarted' && (other.data as { run: string }).run === run,
        );
        return (
          type === 'RunSucceeded' &&
          metadata.at > drain!.at &&
          started!.metadata.at <= drain!.at &&
          (started!.data as { executor: string }).executor === drain!.executor
        );
      });
      const { run, attempt } = clean.events[end]!.data as { run: string; attempt: number };
      const start = indexOf((event, data) => event.type === 'RunStarted' && data.run === run);
      return { run, attempt, end, start };
    };

    it('sees a run that was lost with its executor', () => {
      expect(violated(without(drained().end))).toContain('P28');
    });

    it('sees a run that was done again', () => {
      const { run, attempt } = drained();
      const old = clean.journal.findLast((line) => line.run === run && line.attempt === attempt)!;
      const again = { ...old, kind: 'start' as const, executor: 'x2', attempt: 2, fence: old.fence + 1 };
      expect(violated({ ...clean, journal: [...clean.journal, again] })).toContain('P28');
    });

    it('sees work given to an executor that was leaving', () => {
      const [drain] = clean.options.drains!;
      const start = indexOf(
        ({ type, metadata }) =>
          type === 'RunStarted' && metadata.at > drain!.at + MINUTE && metadata.at < drain!.until!,
      );
      // It is not the one that does the work, either.
      expect(violated(changed(start, { data: { executor: 'x1' } }))).toEqual(['P8', 'P22', 'P28']);
    });
  });
});
