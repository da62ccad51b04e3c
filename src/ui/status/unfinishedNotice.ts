import type { Site } from '../../core/inventory/site';
import type { HostAccess } from '../../core/operate/hostAccess';
import type { Log } from '../../core/ports';
import type { RunbookLauncher } from '../services';
import { allUnfinished } from '../unfinishedRuns';

export interface UnfinishedNoticeParts {
  launcher(): Promise<Pick<RunbookLauncher, 'unfinished' | 'unfinishedElsewhere'>>;
  sites(): readonly Site[];
  readonly access: HostAccess;
  readonly log: Log;
  /** @param others how many more operations have no end */
  tell(title: string, others: number): Promise<void>;
}

/**
 * Tells once a window that an operation was left without an end: by a crash, a closed window, a host that was away.
 * Knows nothing of VS Code.
 */
export class UnfinishedNotice {
  private told = false;

  constructor(private readonly parts: UnfinishedNoticeParts) {}

  /**
   * Called after each look at the hosts; only the first looks at journals and hosts' records. Where hosts may not be
   * contacted none is: nothing could be resumed there. Never rejects.
   */
  async look(): Promise<void> {
    const { launcher, sites, access, log, tell } = this.parts;
    if (this.told || access.closed() !== undefined) {
      return;
    }
    this.told = true;
    try {
      const runs = await launcher();
      const elsewhere = await runs.unfinishedElsewhere(sites());
      const [first, ...others] = allUnfinished(await runs.unfinished(), elsewhere);
      if (first) {
        void tell(first.title, others.length);
      }
    } catch (error) {
      log.warn(`journals could not be read: ${String(error)}`);
    }
  }
}
