import { stateOf, type Tone } from '../words/states.js';

export function Badge({ status }: { readonly status: string }) {
  const { word, tone, hint } = stateOf(status);
  return <Mark word={word} tone={tone} hint={hint} />;
}

/** Told by its word; the colour only repeats it. */
export function Mark({
  word,
  tone,
  hint,
}: {
  readonly word: string;
  readonly tone: Tone;
  readonly hint?: string;
}) {
  return (
    <span class={`badge ${tone}`} title={hint}>
      {word}
    </span>
  );
}
