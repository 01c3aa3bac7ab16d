import type { NewWebhook } from '../../api/webhooks.js';
import { toldTypes, type ToldType } from '../../words/webhooks.js';

export type WebhookDraft = {
  readonly url: string;
  readonly description: string;
  readonly types: ReadonlySet<ToldType>;
  readonly users: string;
  readonly connections: string;
  readonly providers: string;
};

export const newWebhook: WebhookDraft = {
  url: '',
  description: '',
  types: new Set(),
  users: '',
  connections: '',
  providers: '',
};

const split = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** A list that is empty does not narrow, and is left out. */
export function bodyOf({ url, description, types, ...named }: WebhookDraft): NewWebhook {
  const lists = [
    ['types', toldTypes.filter((type) => types.has(type))],
    ['users', split(named.users)],
    ['connections', split(named.connections)],
    ['providers', split(named.providers)],
  ] as const;
  return {
    url: url.trim(),
    ...(description.trim() === '' ? {} : { description: description.trim() }),
    filter: Object.fromEntries(lists.filter(([, values]) => values.length > 0)),
  };
}
