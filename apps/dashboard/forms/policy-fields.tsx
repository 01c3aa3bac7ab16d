import type { Priority } from '../api/shapes.js';
import { ChoiceField, type Errors } from './field.js';
import { overlapChoices, priorityChoices, type Overlap } from './policies.js';

type Given<T> = { readonly value: T; readonly errors: Errors; readonly set: (value: T) => void };

export function PriorityField(given: Given<Priority>) {
  return <ChoiceField field="priority" label="Priority" choices={priorityChoices} {...given} />;
}

export function OverlapField(given: Given<Overlap>) {
  return (
    <ChoiceField
      field="overlap"
      label="If the run before is still open"
      choices={overlapChoices}
      {...given}
    />
  );
}
