import type { Call, Reply } from '../api/call.js';

type Run = (call: Call) => Promise<Reply>;

/** A command takes what is left of the payload as its body, a query as its query. */
export type Operation = { readonly kind: 'command' | 'query'; readonly run: Run };

/** By resource and verb, as subjects end in them. */
export type Operations = Readonly<Record<string, Operation>>;

export const command = (run: Run): Operation => ({ kind: 'command', run });
export const query = (run: Run): Operation => ({ kind: 'query', run });
