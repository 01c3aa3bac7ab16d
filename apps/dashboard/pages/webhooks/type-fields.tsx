import { errorsAt, type Errors } from '../../forms/field.js';
import { eventName, groups, type ToldType } from '../../words/webhooks.js';

type Given = {
  readonly types: ReadonlySet<ToldType>;
  readonly set: (types: ReadonlySet<ToldType>) => void;
};

function All({
  of,
  checked,
  choose,
}: {
  readonly of: string;
  readonly checked: boolean;
  readonly choose: (wanted: boolean) => void;
}) {
  return (
    <label>
      <input
        type="checkbox"
        checked={checked}
        aria-label={`All: ${of}`}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
      <b>all</b>
    </label>
  );
}

function Group({
  name,
  all,
  types,
  set,
}: Given & { readonly name: string; readonly all: readonly ToldType[] }) {
  const whole = all.every((type) => types.has(type));
  const choose = (some: readonly ToldType[], wanted: boolean): void => {
    const next = new Set(types);
    for (const type of some)
      if (wanted) next.add(type);
      else next.delete(type);
    set(next);
  };
  return (
    <fieldset class="field group">
      <legend>{name}</legend>
      <div class="choices">
        {all.length > 1 && <All of={name} checked={whole} choose={(wanted) => choose(all, wanted)} />}
        {all.map((type) => (
          <label key={type} title={type}>
            <input
              type="checkbox"
              name={type}
              checked={types.has(type)}
              onChange={(event) => choose([type], event.currentTarget.checked)}
            />
            {eventName(type)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function TypeFields({ errors, ...given }: Given & { readonly errors: Errors }) {
  return (
    <fieldset class="field types">
      <legend>What it is told of</legend>
      <p class="hint">Where nothing is chosen, everything.</p>
      {groups.map(([name, all]) => (
        <Group key={name} name={name} all={all} {...given} />
      ))}
      {errorsAt(errors, 'filter.types').map((message) => (
        <p key={message} class="error">
          {message}
        </p>
      ))}
    </fieldset>
  );
}
