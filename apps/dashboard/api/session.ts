import { createStore } from './store.js';

/**
 * What the service wants of whoever asks. `unknown` until it has answered once; `needed`: a key; `wrong`: another than
 * the one that was sent; `open`: it answers.
 */
export type Access = 'unknown' | 'needed' | 'wrong' | 'open';

const NAME = 'syncopate-key';

export const access = createStore<Access>('unknown');

/** Kept for this tab, as long as it is open, and nowhere else. */
export const apiKey = (): string | undefined => sessionStorage.getItem(NAME) ?? undefined;

/** What no header may hold is no key: it would not even be sent. */
const SENDABLE = /^[\u0021-\u007e]+$/;

export function enterKey(key: string): void {
  if (!SENDABLE.test(key)) return access.set('wrong');
  sessionStorage.setItem(NAME, key);
  access.set('unknown');
}

/** With it goes all that it let the page see. */
export function forgetKey(): void {
  sessionStorage.removeItem(NAME);
  location.reload();
}

/** The service let a request in, or did not: the key that it was sent with may have been replaced meanwhile. */
export function noteAnswer(status: number, sent: string | undefined): void {
  if (sent !== apiKey()) return;
  if (status !== 401) access.set('open');
  else access.set(sent === undefined ? 'needed' : 'wrong');
}
