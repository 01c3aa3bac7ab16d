import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';

type Openers<Name extends string> = {
  readonly open: Name | undefined;
  /** A button for each, for the heading of the page. */
  readonly buttons: ComponentChildren;
  readonly close: () => void;
};

/** Forms that a page opens beneath its heading, one at a time. Closed, it gives the focus back to what opened it. */
export function useOpeners<Name extends string>(
  forms: readonly (readonly [name: Name, label: string])[],
): Openers<Name> {
  const [open, setOpen] = useState<Name>();
  const opener = useRef<HTMLButtonElement | null>(null);
  const toggle = (name: Name, button: HTMLButtonElement): void => {
    opener.current = button;
    setOpen(open === name ? undefined : name);
  };
  const close = (): void => {
    setOpen(undefined);
    opener.current?.focus();
  };
  const buttons = forms.map(([name, label]) => (
    <button
      key={name}
      type="button"
      aria-expanded={open === name}
      onClick={(event) => toggle(name, event.currentTarget)}
    >
      {label}
    </button>
  ));
  return { open, buttons, close };
}
