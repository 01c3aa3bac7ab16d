/** Why somebody did it, for the log. */
export function NoteField({
  id,
  label = 'Note for whoever wonders later (optional)',
  value,
  set,
}: {
  readonly id: string;
  readonly label?: string;
  readonly value: string;
  readonly set: (note: string) => void;
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        maxLength={500}
        autoComplete="off"
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </div>
  );
}
