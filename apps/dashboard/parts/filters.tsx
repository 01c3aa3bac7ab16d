import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

type Set = (name: string, value: string) => void;

export function Filters({ children }: { readonly children: ComponentChildren }) {
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      {children}
    </form>
  );
}

const TYPED_MS = 300;

/** Takes effect when the typing stops. */
export function TextFilter({
  name,
  label,
  value = '',
  set,
}: {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly set: Set;
}) {
  const [typed, setTyped] = useState(value);
  // Other filters may be set while this one waits: as the page is by then, it is added to them.
  const latest = useRef(set);
  latest.current = set;
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const timer = setTimeout(() => latest.current(name, typed.trim()), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label>
      <span>{label}</span>
      <input
        type="search"
        name={name}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
    </label>
  );
}

export function ChoiceFilter({
  name,
  label,
  value = '',
  choices,
  set,
}: {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly choices: readonly (readonly [value: string, text: string])[];
  readonly set: Set;
}) {
  // An address may name what is not on the list: several at once.
  const known = choices.some(([choice]) => choice === value);
  const offered = known ? choices : [...choices, [value, 'As in the address'] as const];
  return (
    <label>
      <span>{label}</span>
      <select name={name} value={value} onChange={(event) => set(name, event.currentTarget.value)}>
        {offered.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
