import { isEventStoreError, type EventStore } from '#lib/event-store/port';

/**
 * How far somebody has come in the log, kept beside it. One that is too old, or that is missing, only means that some of
 * the log is shown again.
 */
export class Checkpoint<State extends object> {
  constructor(
    private readonly store: Pick<EventStore, 'readSnapshot' | 'writeSnapshot'>,
    private readonly name: string,
    /** Of the state's shape: what was kept under another one is as good as missing. */
    private readonly version = 1,
  ) {}

  async read(): Promise<State | undefined> {
    const snapshot = await this.store.readSnapshot(`checkpoint-${this.name}`);
    return snapshot?.version === this.version ? (snapshot.state as State) : undefined;
  }

  /** Whether it was kept: where the store is away, the one before stays. */
  async keep(state: State): Promise<boolean> {
    try {
      const snapshot = { revision: 0, version: this.version, state };
      await this.store.writeSnapshot(`checkpoint-${this.name}`, snapshot);
      return true;
    } catch (error) {
      if (!isEventStoreError(error)) throw error;
      return false;
    }
  }
}
