import type { HttpOptions } from '../kit/index.js';

/** The connection of every rig. */
export const owner = { tenant: 'default', connection: 'connection-1' };

/** So short that an answer which stalls is given up while a spec still waits. */
export const shortWaits = {
  allowLoopback: true,
  headersMs: 300,
  bodyMs: 300,
  totalMs: 2_000,
} satisfies HttpOptions;

const open: { close(): Promise<unknown> }[] = [];

/** A stand-in that `closeOpened` ends. */
export function opened<StandIn extends { close(): Promise<unknown> }>(standIn: StandIn): StandIn {
  open.push(standIn);
  return standIn;
}

export async function closeOpened(): Promise<void> {
  await Promise.all(open.splice(0).map((standIn) => standIn.close()));
}
