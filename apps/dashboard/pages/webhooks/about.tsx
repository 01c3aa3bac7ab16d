import type { Webhook } from '../../api/webhooks.js';
import { Moment } from '../../parts/moment.js';
import { Facts } from '../../parts/panel.js';
import { toldOf } from '../../words/webhooks.js';

/** What somebody has said of it, in full. */
export function AboutFacts({ of }: { readonly of: Webhook }) {
  const { url, description, filter, previousSecretUntil, lastSuccessAt, createdAt } = of;
  const { kinds, whose } = toldOf(filter, Number.POSITIVE_INFINITY);
  const told = (
    <>
      {kinds}
      {whose !== '' && <small>{whose}</small>}
    </>
  );
  return (
    <Facts
      of={[
        ['URL', url],
        ...(description === undefined ? [] : [['What for', description] as const]),
        ['Told of', told],
        ['Registered', <Moment key="at" at={createdAt} />],
        ['Last success', <Moment key="at" at={lastSuccessAt} away />],
        ...(previousSecretUntil === undefined || Date.parse(previousSecretUntil) < Date.now()
          ? []
          : [['Old secret until', <Moment key="at" at={previousSecretUntil} away />] as const]),
      ]}
    />
  );
}
