import type { Clock, JournalStore } from '../ports';
import { JOURNAL_FORMAT, type JournalLine, type RunEvent } from './events';

/**
 * Writes the events of one run in their order. `record` does not wait: between two steps of an outage nobody waits for
 * a disk. `intend` does, and with it everything recorded before is on disk.
 */
export class JournalWriter {
  private tail: Promise<void> = Promise.resolve();
  private failure: Error | undefined;

  constructor(
    private readonly store: JournalStore,
    private readonly clock: Clock,
    private readonly runId: string,
    private readonly writer: number,
    private n: number,
    private readonly onLine: (line: JournalLine) => void,
    /** Called once, when a line could not be written. Later events are folded, but no longer kept. */
    private readonly onFailure: (error: Error) => void,
  ) {}

  get failed(): Error | undefined {
    return this.failure;
  }

  /** Appended at once; `sync` asks for the disk without waiting for it. */
  record(event: RunEvent, sync = false): void {
    void this.append(event, sync);
  }

  /** Resolves when the event is on disk. Rejects when it is not: what it announces must not be done. */
  async intend(event: RunEvent): Promise<void> {
    await this.append(event, true);
    if (this.failure) throw this.failure;
  }

  /** Resolves when everything recorded was handed to the store, or could not be. */
  async settled(): Promise<void> {
    await this.tail;
  }

  /** Ends a line that a crash tore, so that the next one stands by itself. */
  endTornLine(): void {
    this.tail = this.tail.then(() => this.put('', false));
  }

  private append(event: RunEvent, sync: boolean): Promise<void> {
    const line: JournalLine = {
      format: JOURNAL_FORMAT,
      n: ++this.n,
      writer: this.writer,
      atMs: this.clock.nowMs(),
      event,
    };
    this.onLine(line);
    const text = JSON.stringify(line);
    this.tail = this.tail.then(() => this.put(text, sync));
    return this.tail;
  }

  private async put(text: string, sync: boolean): Promise<void> {
    if (this.failure) return;
    try {
      await this.store.append(this.runId, text, sync);
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.onFailure(this.failure);
    }
  }
}
