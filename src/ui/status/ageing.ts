import type { Clock } from '../../core/ports';
import type { SiteMonitor } from '../sites/monitor';

/** An age in minutes may be as late as this. It also bounds how long a machine that slept shows what it knew before. */
const TICK_MS = 30_000;

/**
 * Tells whoever shows what was seen of sites when to show it anew: after each change, and, as long as anything that
 * was seen is shown, often enough that its age is true. Asks no host.
 */
export class Ageing {
  private readonly subscription: { dispose(): void };
  private timer: AbortController | undefined;

  constructor(
    private readonly monitor: Pick<SiteMonitor, 'all' | 'onDidChange'>,
    private readonly clock: Clock,
    private readonly show: () => void,
  ) {
    this.subscription = monitor.onDidChange(() => this.update());
    this.update();
  }

  dispose(): void {
    this.subscription.dispose();
    this.stopTimer();
  }

  private update(): void {
    this.stopTimer();
    this.show();
    if (this.monitor.all().some(({ current }) => current !== undefined)) {
      const timer = new AbortController();
      this.timer = timer;
      this.clock.sleep(TICK_MS, timer.signal).then(
        () => {
          if (this.timer === timer) {
            this.update();
          }
        },
        // Aborted: something newer is shown, or nothing any more.
        () => undefined,
      );
    }
  }

  private stopTimer(): void {
    this.timer?.abort();
    this.timer = undefined;
  }
}
