import { weekdayNames, frequencies, units, type RecurrenceDraft, type Unit } from './recurrence-draft.js';
import { ChoiceField, errorsAt, TextField, type Errors } from './field.js';

type Given = {
  readonly draft: RecurrenceDraft;
  readonly set: (draft: RecurrenceDraft) => void;
  readonly errors: Errors;
};

const titled = <T extends string>(values: readonly T[]): readonly (readonly [T, string])[] =>
  values.map((value) => [value, value.charAt(0).toUpperCase() + value.slice(1)]);

const zones = Intl.supportedValuesOf('timeZone');

function Times({ draft, set, errors }: Given) {
  return (
    <TextField
      field="recurrence.times"
      label="At"
      hint="Times of day, with commas: 03:00, 15:00"
      errors={errors}
      value={draft.times}
      set={(times) => set({ ...draft, times })}
    />
  );
}

function Weekdays({ draft, set, errors }: Given) {
  const wrong = errorsAt(errors, 'recurrence.weekdays');
  return (
    <fieldset class="field">
      <legend>On</legend>
      <div class="choices">
        {weekdayNames.map((day) => (
          <label key={day}>
            <input
              type="checkbox"
              checked={draft.weekdays.includes(day)}
              onChange={({ currentTarget: { checked } }) =>
                set({
                  ...draft,
                  weekdays: weekdayNames.filter((name) =>
                    name === day ? checked : draft.weekdays.includes(name),
                  ),
                })
              }
            />
            {day.slice(0, 1).toUpperCase() + day.slice(1, 3)}
          </label>
        ))}
      </div>
      {wrong.map((message) => (
        <p key={message} class="error">
          {message}
        </p>
      ))}
    </fieldset>
  );
}

function Month(given: Given) {
  const { draft, set, errors } = given;
  return (
    <>
      <TextField
        field="recurrence.days"
        label="On days"
        hint="With commas: 1, 15, last, 2nd tuesday, last friday"
        errors={errors}
        value={draft.days}
        set={(days) => set({ ...draft, days })}
      />
      <Times {...given} />
      <ChoiceField
        field="recurrence.shortMonth"
        label="Where a month is too short"
        errors={errors}
        value={draft.shortMonth}
        set={(shortMonth) => set({ ...draft, shortMonth })}
        choices={[
          ['clamp', 'On its last day'],
          ['skip', 'Not in that month'],
        ]}
      />
    </>
  );
}

function Interval({ draft, set, errors }: Given) {
  return (
    <div class="pair">
      <TextField
        field="recurrence.every"
        label="Every"
        errors={errors}
        value={draft.every}
        set={(every) => set({ ...draft, every })}
      />
      <ChoiceField
        field="recurrence.unit"
        label="Unit"
        errors={errors}
        value={draft.unit}
        set={(unit) => set({ ...draft, unit })}
        choices={titled(Object.keys(units) as Unit[])}
      />
    </div>
  );
}

function Rule(given: Given) {
  const { draft, set, errors } = given;
  switch (draft.frequency) {
    case 'hourly':
      return (
        <TextField
          field="recurrence.minute"
          label="At minute"
          hint="0 to 59"
          errors={errors}
          value={draft.minute}
          set={(minute) => set({ ...draft, minute })}
        />
      );
    case 'daily':
      return <Times {...given} />;
    case 'weekly':
      return (
        <>
          <Weekdays {...given} />
          <Times {...given} />
        </>
      );
    case 'monthly':
      return <Month {...given} />;
    case 'interval':
      return <Interval {...given} />;
    case 'cron':
      return (
        <TextField
          field="recurrence.expression"
          label="Expression"
          hint="Minute, hour, day of month, month, day of week; seconds may come before them"
          errors={errors}
          value={draft.expression}
          set={(expression) => set({ ...draft, expression })}
        />
      );
    default:
      return draft.frequency satisfies never;
  }
}

/** When a schedule is due: the fields of its frequency, and those that all have. */
export function RecurrenceFields(given: Given) {
  const { draft, set, errors } = given;
  return (
    <>
      <ChoiceField
        field="recurrence.frequency"
        label="Frequency"
        errors={errors}
        value={draft.frequency}
        set={(frequency) => set({ ...draft, frequency })}
        choices={titled(frequencies)}
      />
      <Rule {...given} />
      <TextField
        field="recurrence.zone"
        label="Time zone"
        errors={errors}
        value={draft.zone}
        list={zones}
        set={(zone) => set({ ...draft, zone })}
      />
      <TextField
        field="recurrence.spread"
        label="Spread over (minutes)"
        hint="Each schedule gets its own moment within it, always the same; empty for none"
        errors={errors}
        value={draft.spread}
        set={(spread) => set({ ...draft, spread })}
      />
    </>
  );
}
