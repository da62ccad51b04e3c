import type { Site } from '../core/inventory/site';
import { addressesOf } from '../core/operate/addressesOf';
import { isOfSite } from '../core/plan/siteAddresses';
import type { JournalStore, Log } from '../core/ports';
import { foldJournal, snapshotOf } from '../core/run/fold';
import type { RunSnapshot } from '../core/run/snapshot';

/** All runs of this machine, the newest last. A journal that can't be read is left out and logged. */
export async function readRuns(journal: JournalStore, log: Log): Promise<RunSnapshot[]> {
  const found = await Promise.all(
    (await journal.list()).map(async (runId) => {
      try {
        return [snapshotOf(foldJournal(runId, await journal.read(runId)))];
      } catch (error) {
        log.warn(`journal ${runId}: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      }
    }),
  );
  return found.flat().sort((a, b) => a.startedAtMs - b.startedAtMs);
}

/** Whether something is left to be done of it. */
export function leftOpen({ end, endedElsewhere }: RunSnapshot): boolean {
  return endedElsewhere !== true && (end === undefined || end === 'unfinished' || end === 'undo-owed');
}

/** Those of one site. Another workspace's site of the same name has other hosts: its runs are not among them. */
export function runsOf(site: Site, runs: readonly RunSnapshot[]): RunSnapshot[] {
  const addresses = addressesOf(site);
  return runs.filter(({ plan }) => plan.site === site.name && isOfSite(plan, addresses));
}
