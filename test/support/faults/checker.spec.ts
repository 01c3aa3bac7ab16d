import { describe, expect, it } from '@jest/globals';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { table } from './checker.js';
import { eventful, judge, planting, violated } from './evidence.js';

describe('check: occurrences, acknowledgements', () => {
  const clean = eventful();
  const { withLog, indexOf, ofType, without, twice, changed } = planting(clean);

  it('finds nothing in a clean log, having looked at every property', () => {
    const findings = judge(clean);
    expect(findings.flatMap(({ violations }) => violations)).toEqual([]);
    expect(findings.filter(({ checked }) => checked === 0)).toEqual([]);
    const types = new Set(clean.events.map(({ type }) => type));
    for (const type of ['OccurrencesMissed', 'RunBuffered', 'RunSnoozed', 'RunRedriven', 'ScheduleCompleted'])
      expect(types).toContain(type);
  });

  describe('P1', () => {
    it('misses a run', () => {
      const index = ofType('plain', 'RunQueued');
      const { run } = clean.events[index]!.data as { run: string };
      const gone = withLog((events) => events.filter(({ data }) => (data as { run?: string }).run !== run));
      expect(violated(gone)).toEqual(['P1', 'P8']);
      expect(judge(gone)[0]!.violations).toEqual([
        'plain: 2027-03-01T01:00:00.000Z is missing, generation 1',
      ]);
    });

    it.each([
      ['a skip', 'skipping', 'OccurrenceSkipped'],
      ['a range', 'pausing', 'OccurrencesMissed'],
      ['a range of an outage', 'catching', 'OccurrencesMissed'],
    ])('misses %s', (_, schedule, type) => {
      expect(violated(without(ofType(schedule, type)))).toEqual(['P1']);
    });

    it.each([
      ['run', 'plain', 'RunQueued'],
      ['skip', 'skipping', 'OccurrenceSkipped'],
      ['range', 'pausing', 'OccurrencesMissed'],
      ['buffered run', 'busy', 'RunBuffered'],
    ])('sees a doubled %s', (_, schedule, type) => {
      expect(violated(twice(ofType(schedule, type)))).toContain('P1');
    });

    it('sees a decision on nothing, a wrong count and a wrong generation', () => {
      const skip = ofType('skipping', 'OccurrenceSkipped');
      const { nominal } = clean.events[skip]!.data as { nominal: number };
      const findings = judge(changed(skip, { data: { nominal: nominal - 1 } }));
      expect(findings[0]!.violations).toEqual([
        expect.stringContaining('invented'),
        expect.stringContaining('is missing'),
      ]);
      expect(violated(changed(ofType('pausing', 'OccurrencesMissed'), { data: { count: 5 } }))).toEqual([
        'P1',
      ]);
      expect(violated(changed(skip, { data: { generation: 9 } }))).toContain('P1');
    });

    it.each([
      ['a pause', 'skipping', 'OccurrenceSkipped', 'paused'],
      ['a pause, of a range', 'catching', 'OccurrencesMissed', 'paused'],
      ['a retry', 'skipping', 'OccurrenceSkipped', 'merged_into_retry'],
      ['lateness', 'pausing', 'OccurrencesMissed', 'catch_up_once'],
    ])('sees an excuse by %s that there was not', (_, schedule, type, reason) => {
      expect(violated(changed(ofType(schedule, type), { data: { reason } }))).toContain('P1');
    });

    it('sees an overlap with a run that is not open', () => {
      const skip = clean.events[ofType('skipping', 'OccurrenceSkipped')]!;
      const idle = withLog((events) =>
        events.filter(({ stream, type }) => stream !== skip.stream || !type.startsWith('Run')),
      );
      expect(judge(idle)[0]!.violations).toContainEqual(expect.stringContaining('no run was open then'));
    });

    it('sees events of a schedule that was never created', () => {
      expect(violated(without(ofType('plain', 'ScheduleCreated')))).toContain('P1');
    });
  });

  it('P2: sees a decision and a retry before their time', () => {
    expect(violated(changed(ofType('limited', 'RunQueued'), { at: -SECOND }))).toEqual(['P2']);
    expect(violated(changed(ofType('spread', 'RunQueued'), { at: -MINUTE }))).toEqual(['P2']);
    const retry = indexOf((event, { attempt }) => event.type === 'RunQueued' && attempt === 2);
    expect(violated(changed(retry, { at: -15 * SECOND }))).toEqual(['P2']);
  });

  it('P13: misses an acknowledged event, and a revision', () => {
    const [ack] = clean.acknowledged;
    const beyond = { ...ack!, position: clean.events.length + 1 };
    expect(violated({ ...clean, acknowledged: [...clean.acknowledged, beyond] })).toEqual(['P13']);
    const other = { ...ack!, eventType: 'SchedulePaused' };
    expect(violated({ ...clean, acknowledged: [other] })).toEqual(['P13']);
    const hole = clean.events.toSpliced(ofType('plain', 'RunSucceeded'), 1);
    expect(violated({ ...clean, events: hole, acknowledged: [] })).toContain('P13');
  });

  it('P24: sees an event that was parked', () => {
    const event = clean.events.at(-1)!;
    const parked = withLog((events) => [...events, { ...event, stream: 'parking-1', type: 'EventParked' }]);
    expect(violated(parked)).toEqual(['P24']);
  });

  it('P27: sees an occurrence that waited, and one that still waits', () => {
    const late = changed(ofType('limited', 'RunQueued'), { at: 11 * SECOND });
    expect(violated(late)).toEqual(['P27']);
    expect(table(judge(late))).toContain('no take-over is near');
    const { outages: _, ...options } = clean.options;
    expect(violated({ ...clean, options })).toEqual(['P27']);
    const silent = { ...clean.options, endAt: clean.options.endAt + HOUR, graceMs: 2 * HOUR };
    expect(violated({ ...clean, options: silent })).toContain('P27');
  });

  it('prints a table', () => {
    const lines = table(judge(twice(ofType('cutting', 'RunCancelled')))).split('\n');
    expect(lines[0]).toContain('violations');
    expect(lines).toContainEqual(expect.stringMatching(/^P26 +\d+ +\d+ {2}a run ends exactly once$/));
    expect(lines.at(-1)).toMatch(/^P26: /);
  });
});
