import type { ComponentChildren } from 'preact';
import type { FieldError } from '../api/problem.js';
import { Prose } from '../parts/prose.js';

/** Errors by the field that they are of: `recurrence.times[0]` is told at `recurrence.times`. */
export type Errors = readonly FieldError[];

export const errorsAt = (errors: Errors, field: string): readonly string[] =>
  errors
    .filter(
      (error) =>
        error.field === field || error.field.startsWith(`${field}.`) || error.field.startsWith(`${field}[`),
    )
    .map(({ message }) => message);

type Given = {
  readonly field: string;
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly errors: Errors;
  readonly children: (input: Described) => ComponentChildren;
};

/** What ties an input to its label, its hint and what is wrong with it. */
export type Described = {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
};

export function Field({ field, label, hint, errors, children }: Given) {
  const id = `field-${field.replaceAll('.', '-')}`;
  const wrong = errorsAt(errors, field);
  return (
    <div class={wrong.length > 0 ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      {children({
        id,
        name: field,
        'aria-invalid': wrong.length > 0,
        'aria-describedby': `${id}-told`,
      })}
      <div id={`${id}-told`} class="told">
        {wrong.length > 0
          ? wrong.map((message) => (
              <p key={message} class="error">
                <Prose text={message} />
              </p>
            ))
          : hint !== undefined && <p class="hint">{hint}</p>}
      </div>
    </div>
  );
}

export function TextField({
  value,
  set,
  list,
  type = 'text',
  ...field
}: Omit<Given, 'children'> & {
  readonly value: string;
  readonly set: (value: string) => void;
  readonly list?: readonly string[];
  readonly type?: 'text' | 'datetime-local';
}) {
  return (
    <Field {...field}>
      {(input) => (
        <>
          <input
            {...input}
            type={type}
            autoComplete="off"
            spellcheck={false}
            value={value}
            list={list === undefined ? undefined : `${input.id}-list`}
            onInput={(event) => set(event.currentTarget.value)}
          />
          {list !== undefined && (
            <datalist id={`${input.id}-list`}>
              {list.map((choice) => (
                <option key={choice} value={choice} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

export function ChoiceField<T extends string>({
  value,
  set,
  choices,
  ...field
}: Omit<Given, 'children'> & {
  readonly value: T;
  readonly set: (value: T) => void;
  readonly choices: readonly (readonly [value: T, text: string])[];
}) {
  return (
    <Field {...field}>
      {(input) => (
        <select {...input} value={value} onChange={(event) => set(event.currentTarget.value as T)}>
          {choices.map(([choice, text]) => (
            <option key={choice} value={choice}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
