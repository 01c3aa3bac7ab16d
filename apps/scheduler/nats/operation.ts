import type { Call, Reply } from '../api/call.js';

type Run = (call: Call) => Promise<Reply>;

/** A command takes what is left of the payload as its body, a query as its query; `bodied`: as its body, too. */
export type Operation = { readonly kind: 'command' | 'query'; readonly bodied: boolean; readonly run: Run };

/** By resource and verb, as subjects end in them. */
export type Operations = Readonly<Record<string, Operation>>;

export const command = (run: Run): Operation => ({ kind: 'command', bodied: true, run });
export const query = (run: Run): Operation => ({ kind: 'query', bodied: false, run });
/** What is asked takes a body, and changes nothing. */
export const asked = (run: Run): Operation => ({ kind: 'query', bodied: true, run });
