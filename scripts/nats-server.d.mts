import type { ChildProcess } from 'node:child_process';

export type NatsServer = {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly process: ChildProcess;
  /** Default: SIGKILL. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  remove(): void;
};

export function natsServer(): string;
export function startNats(options?: {
  folder?: string;
  port?: number;
  config?: string;
  env?: Record<string, string>;
  args?: string[];
}): Promise<NatsServer>;
