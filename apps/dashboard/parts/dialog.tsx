import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

type Given = {
  readonly title: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

/** The browser's own: it keeps the focus inside, and gives it back; Escape closes it. */
export function Dialog({ title, confirm, danger = false, onConfirm, onClose, children }: Given) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const submit = (event: Event): void => {
    event.preventDefault();
    onClose();
    onConfirm();
  };
  return (
    <dialog ref={element} aria-label={title} onClose={onClose}>
      <form onSubmit={submit}>
        <h2>{title}</h2>
        {children}
        <div class="actions end">
          <button type="button" onClick={onClose}>
            Keep as it is
          </button>
          <button type="submit" class={danger ? 'danger' : 'primary'}>
            {confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
