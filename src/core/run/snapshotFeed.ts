import type { Clock } from '../ports';
import type { RunSnapshot } from './snapshot';

/** Hands snapshots to those who draw them, never between two steps: composing one is work, and a run is in a hurry. */
export class SnapshotFeed {
  private readonly listeners = new Set<(snapshot: RunSnapshot) => void>();
  private waiting = false;

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
  ) {}

  add(listener: (snapshot: RunSnapshot) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  /** Something has changed; `compose` is called when it is time to tell. */
  changed(compose: () => RunSnapshot): void {
    if (this.waiting || this.listeners.size === 0) return;
    this.waiting = true;
    void this.clock.sleep(this.everyMs).then(() => {
      if (this.waiting) this.tell(compose());
    });
  }

  /** Tells at once; for the last snapshot. */
  tell(snapshot: RunSnapshot): void {
    this.waiting = false;
    for (const listener of this.listeners) listener(snapshot);
  }
}
