import type { Clock } from '../../core/ports';

/** Why hosts are asked. It is logged with each refresh. */
export type RefreshReason =
  | 'first shown'
  | 'interval'
  | 'asked for'
  | 'inventory changed'
  | 'settings changed'
  | 'trusted'
  | 'operation ended';

export interface RefreshPorts {
  readonly clock: Clock;
  /** Pause between the end of one refresh and the next, while visible. 0: only on demand, visible or not. */
  intervalMs(): number;
  /** Must not reject. */
  refresh(reason: RefreshReason): Promise<void>;
}

const DEBOUNCE_MS = 200;
/** While the view is hidden: seldom enough to be no load, often enough that a dead primary is told of the same night. */
export const HIDDEN_INTERVAL_MS = 5 * 60_000;

/**
 * Decides when hosts are asked: when the view is first seen, then by interval while it is visible, seldom while it is
 * hidden (never more often than by the interval), and on demand. Never two refreshes at once; whoever asks during one
 * gets another after it.
 */
export class RefreshManager {
  private visible = false;
  private seen = false;
  private running: Promise<void> | undefined;
  private wanted: RefreshReason | undefined;
  private timer: AbortController | undefined;
  private disposed = false;

  constructor(private readonly ports: RefreshPorts) {}

  setVisible(visible: boolean): void {
    this.visible = visible;
    if (!visible) {
      // What was asked for already is still done.
      if (this.seen && !this.running && this.wanted === undefined) {
        this.scheduleNext();
      }
    } else if (!this.seen) {
      this.seen = true;
      this.request('first shown');
    } else if (!this.running) {
      this.request('interval');
    }
  }

  /** Before the view was ever seen only `asked for` starts one: minimal work in windows that never look. */
  request(reason: RefreshReason): void {
    if (this.disposed || (!this.seen && reason !== 'asked for')) {
      return;
    }
    this.wanted = reason;
    if (!this.running) {
      this.schedule(reason === 'asked for' || reason === 'first shown' ? 0 : DEBOUNCE_MS);
    }
  }

  /** Asks at once and resolves after a refresh that began after this call. */
  async refreshNow(): Promise<void> {
    this.seen = true;
    this.wanted = 'asked for';
    await this.running;
    await (this.running ?? this.run());
  }

  dispose(): void {
    this.disposed = true;
    this.stopTimer();
  }

  private schedule(delayMs: number): void {
    this.stopTimer();
    const timer = new AbortController();
    this.timer = timer;
    this.ports.clock.sleep(delayMs, timer.signal).then(
      () => {
        if (this.timer === timer) {
          void this.run();
        }
      },
      // Aborted: another schedule has taken its place.
      () => undefined,
    );
  }

  private async run(): Promise<void> {
    if (this.running || this.disposed) {
      return this.running;
    }
    this.stopTimer();
    const reason = this.wanted ?? 'interval';
    this.wanted = undefined;
    this.running = this.ports.refresh(reason);
    await this.running;
    this.running = undefined;
    if (this.wanted) {
      this.schedule(DEBOUNCE_MS);
    } else {
      this.scheduleNext();
    }
  }

  private scheduleNext(): void {
    this.stopTimer();
    const intervalMs = this.ports.intervalMs();
    if (intervalMs > 0 && !this.disposed) {
      this.schedule(this.visible ? intervalMs : Math.max(intervalMs, HIDDEN_INTERVAL_MS));
    }
  }

  private stopTimer(): void {
    this.timer?.abort();
    this.timer = undefined;
  }
}
