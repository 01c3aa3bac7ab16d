import type { WebhookFilter } from './webhook.js';

/** Whom an event is about, as far as that is known. */
export type Subject = {
  readonly schedule?: string;
  readonly user?: string;
  readonly connection?: string;
  readonly provider?: string;
};

const among = (wanted: readonly string[] | undefined, value: string | undefined): boolean =>
  wanted === undefined || (value !== undefined && wanted.includes(value));

export const wantsType = ({ types }: WebhookFilter, type: string): boolean =>
  types === undefined || types.includes(type);

/** Of an event of a type that is wanted. What is not about anybody is not about those who are asked for. */
export const wantsSubject = (filter: WebhookFilter, subject: Subject): boolean =>
  among(filter.schedules, subject.schedule) &&
  among(filter.users, subject.user) &&
  among(filter.connections, subject.connection) &&
  among(filter.providers, subject.provider);
