import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { verdictText } from '../lab/referee/judge/text';
import type { Handover } from '../lab/referee/judge/verdict';
import { REPOSITORY } from '../lab/places';
import { promoteByHand, shownHealthy } from '../workbench/promotion';
import { RefereeInLab } from '../workbench/refereeInLab';
import { launchBrowser } from '../workbench/vscode/browser';
import { SCREENSHOTS, Workbench } from '../workbench/workbench';
import type { Cleanup } from './cleanup';
import type { Demo } from './demo';
import type { Progress } from './progress';

/** What `npm run demo -- --check` found; printed as one line of JSON. */
export interface CheckResult {
  /** Both controllers were shown healthy before anything was done. */
  readonly healthy: boolean;
  /** The end that the page shows. */
  readonly end: string;
  /** The tree shows the roles changed, and the site healthy, after the promotion. */
  readonly healthyAfter: boolean;
  /** No invariant was violated, and nothing went unseen. */
  readonly refereeClean: boolean;
  /** From the last row that cc1 took to the first that cc2 took, seen by the referee. */
  readonly writeOutageMs: number | undefined;
  readonly vipGapMs: number | undefined;
  /** Paths in the repository. */
  readonly screenshots: readonly string[];
}

export function allHolds(result: CheckResult): boolean {
  return result.healthy && result.end === 'done' && result.healthyAfter && result.refereeClean;
}

const TARGET = 'cc2';

/** Promotes cc2 as a person would: by palette, quick pick, page and modal. @throws naming what was waited for. */
export async function check(demo: Demo, progress: Progress, cleanup: Cleanup): Promise<CheckResult> {
  mkdirSync(path.join(SCREENSHOTS, 'demo'), { recursive: true });
  const browser = await launchBrowser({ leaveSignals: true });
  cleanup.later(() => browser.close());
  const { server, folder } = demo;
  const workbench = await Workbench.open(browser, server, { folder, width: 1440, height: 900 });
  const screenshots: string[] = [];
  const picture = async (name: string): Promise<void> => {
    const number = String(screenshots.length + 1).padStart(2, '0');
    screenshots.push(path.relative(REPOSITORY, await workbench.screenshot(`demo/${number}-${name}`)));
  };
  try {
    await shownHealthy(workbench, 'cc1');
    await picture('healthy');
    progress.say('both controllers are shown healthy');
    const referee = await RefereeInLab.watch(demo.capsule);
    await referee.permit(TARGET);
    progress.say('the referee watches');
    const end = await promoteByHand(workbench, TARGET, { asksForSecret: true, seen: picture });
    progress.say(`the run has ended: ${end}`);
    const verdict = await referee.verdict();
    progress.say(
      `the referee has ${verdict.clean ? 'nothing to report' : `this to say:\n${verdictText(verdict)}`}`,
    );
    const after = await shownHealthy(workbench, TARGET).then(
      () => true,
      () => false,
    );
    await showRuns(workbench);
    await picture('after');
    return {
      healthy: true,
      end,
      healthyAfter: after,
      refereeClean: verdict.clean,
      writeOutageMs: longest(verdict.figures.writerHandovers),
      vipGapMs: longest(verdict.figures.vipHandovers),
      screenshots,
    };
  } catch (error) {
    await picture('failed').catch(() => undefined);
    throw error;
  }
}

/** The list of runs, beside the result. */
async function showRuns(workbench: Workbench): Promise<void> {
  await workbench.page.locator('.sidebar .pane-header').filter({ hasText: 'Runs' }).click();
  await workbench.treeRow('Promote cc2 in dc1', 'done').waitFor();
}

/** To a tenth of a millisecond: a VIP moves in less than one. */
function longest(handovers: readonly Handover[]): number | undefined {
  const all = handovers.map((one) => one.durationMs);
  return all.length === 0 ? undefined : Math.round(Math.max(...all) * 10) / 10;
}
