import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync, statSync } from 'node:fs';
import type { Millis } from '#lib/domain/kernel';
import { keeping } from '#lib/event-store/feed';
import { isEventStoreError, type EventStore } from '#lib/event-store/port';
import { LogShare } from '#lib/event-store/sqlite';
import { rounds, type Environment } from '#lib/ports';
import {
  auditedStreams,
  DigestFolder,
  parseDigest,
  seal,
  verifyAudit,
  type AuditReport,
  type Digest,
  type ReadLog,
  type VerifyOptions,
} from '#lib/projections/audit';
import { ConfigurationError, type Configuration } from './config.js';
import { opening } from './file-trouble.js';
import type { Log } from './log.js';
import { existingLog, openStore } from './storage.js';
import type { Telemetry } from './telemetry.js';

/** The first pass comes soon after a start: what a service did that never lives for a whole interval is sealed too. */
const FIRST_MS: Millis = 10_000;

function readKey(name: string, path: string, read: (pem: Buffer) => KeyObject, kind: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = read(readFileSync(path));
  } catch (error) {
    throw new ConfigurationError(`${name}: ${path} cannot be read as a key: ${(error as Error).message}`);
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new ConfigurationError(`${name}: ${path} holds a key of type ${key.asymmetricKeyType}; ${kind}`);
}

/** Whoever reads it could seal another log in our name. Its group may: secrets are mounted so. */
const OTHERS = 0o007;

function privateKey(path: string): KeyObject {
  const name = 'SYNCOPATE_AUDIT_KEY_FILE';
  const key = readKey(name, path, createPrivateKey, 'make one with openssl genpkey -algorithm ed25519');
  if ((statSync(path).mode & OTHERS) !== 0)
    throw new ConfigurationError(`${name}: others may read or change ${path}: run chmod 600 on it`);
  return key;
}

/** @throws {ConfigurationError} there is one, and it is none that signs. */
const auditKeyOf = ({ auditKeyFile }: Pick<Configuration, 'auditKeyFile'>): KeyObject | undefined =>
  auditKeyFile === undefined ? undefined : privateKey(auditKeyFile);

/**
 * Looks at what the log is to be sealed with and into, before anything is opened.
 * @throws {ConfigurationError} there is a key, and it is none that signs; there is a folder, and it is none that takes files.
 */
export function assertAuditable(configuration: Pick<Configuration, 'auditFolder' | 'auditKeyFile'>): void {
  auditKeyOf(configuration);
  const { auditFolder: folder } = configuration;
  if (folder === undefined) return;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigurationError(
      `SYNCOPATE_AUDIT_FOLDER: ${folder} is no folder that digests can be put into: ${(error as Error).message}`,
    );
  }
}

const readerOf =
  (store: EventStore): ReadLog =>
  (after, limit) =>
    store.readAll(after, limit, auditedStreams);

export type AuditSealingOptions = {
  readonly configuration: Pick<Configuration, 'auditFolder' | 'auditKeyFile' | 'auditMs'>;
  readonly store: EventStore;
  readonly environment: Environment;
  readonly onError: (what: string, error: unknown) => void;
  readonly onSealed: (digest: Digest) => void;
  /** The log does not go on from what was sealed: nothing is sealed any more. */
  readonly onBroken: (error: unknown) => void;
};

/** Seals the log again and again, where a folder for the digests is configured. Each node may: all have the same chain. */
export class AuditSealing {
  readonly #folder: DigestFolder | undefined;
  readonly #key: KeyObject | undefined;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #sealedUpTo = 0;

  /** @throws {ConfigurationError} the key is none. */
  constructor(private readonly options: AuditSealingOptions) {
    const { auditFolder } = options.configuration;
    this.#folder = auditFolder === undefined ? undefined : new DigestFolder(auditFolder);
    this.#key = auditKeyOf(options.configuration);
  }

  /** The position up to which the log was sealed, here, since the start. */
  get sealedUpTo(): number {
    return this.#sealedUpTo;
  }

  start(): void {
    if (this.#folder !== undefined) this.#running = this.#run(this.#folder);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(folder: DigestFolder): Promise<void> {
    const { configuration, environment, onError, onBroken } = this.options;
    const { signal } = this.#stopping;
    const { auditMs: everyMs } = configuration;
    for await (const _ of rounds(environment, { firstMs: Math.min(FIRST_MS, everyMs), everyMs }, signal)) {
      try {
        await this.#pass(folder, signal);
      } catch (error) {
        if (isEventStoreError(error, 'corrupt_event')) return onBroken(error);
        onError('audit', error);
      }
    }
  }

  async #pass(folder: DigestFolder, signal: AbortSignal): Promise<void> {
    const { store, environment, onSealed } = this.options;
    const digests = await seal({
      read: readerOf(store),
      folder,
      key: this.#key,
      known: this.#sealedUpTo > 0,
      signal,
      now: () => environment.clock.now(),
      turn: () => new Promise((resolve) => environment.timers.soon(resolve)),
    });
    for (const digest of digests) onSealed(digest);
    this.#sealedUpTo = digests.at(-1)?.upTo ?? this.#sealedUpTo;
  }
}

/** What seals the log of an engine. */
export const openAudit = (
  {
    configuration,
    store,
    environment,
    log,
    telemetry,
  }: Pick<AuditSealingOptions, 'configuration' | 'store' | 'environment'> & {
    readonly log: Log;
    readonly telemetry: Telemetry;
  },
  onError: AuditSealingOptions['onError'],
): AuditSealing =>
  new AuditSealing({
    configuration,
    store,
    environment,
    onSealed: (digest) => log('info', 'the log was sealed', digest),
    onError,
    onBroken: (error) => {
      telemetry.errors.inc({ where: 'audit' });
      log('error', 'the log is not the one that was sealed, and is not sealed any more', { error });
    },
  });

/** The log without its lock: it is read while a service writes to it. */
async function openLog(
  configuration: Configuration,
): Promise<Pick<VerifyOptions, 'read' | 'assertWhole'> & { close(): unknown }> {
  if (configuration.eventStoreUrl !== undefined) {
    const store = await openStore(configuration);
    return { read: readerOf(store), close: () => store.close() };
  }
  const path = existingLog(configuration.dataFolder);
  // What is missing or damaged in it are findings, and no end.
  const log = opening(path, () => new LogShare(path, { nth: 0, of: 1 }, undefined, false));
  const isAudited = keeping(auditedStreams);
  const read: ReadLog = async (after, limit) => {
    let page = log.page(after, limit);
    const kept = () => page.filter(({ stream }) => isAudited(stream));
    for (let found = kept(); ; found = kept()) {
      if (found.length > 0 || page.length === 0) return found;
      page = log.page(page.at(-1)?.position ?? after, limit);
    }
  };
  return { read, assertWhole: () => log.assertWhole(), close: () => log.close() };
}

/** Holds the log against its digests, and against those that were kept elsewhere. The service may run. */
export async function auditLog(
  configuration: Configuration,
  { folder, anchors, publicKeyFile }: { folder: string; anchors: readonly string[]; publicKeyFile?: string },
): Promise<AuditReport> {
  const kept = anchors.map((path) => {
    try {
      return parseDigest(readFileSync(path, 'utf8'));
    } catch (error) {
      throw new ConfigurationError(`${path} is no digest: ${(error as Error).message}`);
    }
  });
  const publicKey =
    publicKeyFile === undefined
      ? undefined
      : readKey('--public-key', publicKeyFile, createPublicKey, 'digests are signed with Ed25519');
  const { close, ...log } = await openLog(configuration);
  try {
    return await verifyAudit({ ...log, folder: new DigestFolder(folder), anchors: kept, publicKey });
  } finally {
    await close();
  }
}
