import type { NewWebhook, Webhook, WebhookFilter } from '../../api/webhooks.js';
import { pieces } from '../../forms/typed.js';
import { toldTypes, type ToldType } from '../../words/webhooks.js';

/** Whose events: each list narrows. */
export const whose = ['users', 'connections', 'providers', 'schedules'] as const;
type Whose = (typeof whose)[number];

export type WebhookDraft = Readonly<Record<Whose, string>> & {
  readonly url: string;
  readonly description: string;
  readonly types: ReadonlySet<ToldType>;
};

export const newWebhook: WebhookDraft = {
  url: '',
  description: '',
  types: new Set(),
  users: '',
  connections: '',
  providers: '',
  schedules: '',
};

/** A list that is empty does not narrow, and is left out. */
function filterOf({ types, ...named }: WebhookDraft): WebhookFilter {
  const lists = [
    ['types', toldTypes.filter((type) => types.has(type))] as const,
    ...whose.map((list) => [list, pieces(named[list])] as const),
  ];
  return Object.fromEntries(lists.filter(([, values]) => values.length > 0));
}

export function bodyOf(draft: WebhookDraft): NewWebhook {
  const description = draft.description.trim();
  return {
    url: draft.url.trim(),
    ...(description === '' ? {} : { description }),
    filter: filterOf(draft),
  };
}

const listed = (names: readonly string[] | undefined): string => names?.join(', ') ?? '';

export const filledWith = ({ url, description = '', filter }: Webhook): WebhookDraft => ({
  url,
  description,
  types: new Set(filter.types as readonly ToldType[] | undefined),
  users: listed(filter.users),
  connections: listed(filter.connections),
  providers: listed(filter.providers),
  schedules: listed(filter.schedules),
});

/** A filter replaces the whole of the one before. */
export function changesOf(draft: WebhookDraft, before: Webhook): object {
  const was = bodyOf(filledWith(before));
  const { url, description, filter } = bodyOf(draft);
  return {
    ...(url === was.url ? {} : { url }),
    ...(description === was.description ? {} : { description: description ?? null }),
    ...(JSON.stringify(filter) === JSON.stringify(was.filter) ? {} : { filter }),
  };
}
