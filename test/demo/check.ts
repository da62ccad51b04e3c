import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { verdictText } from '../lab/referee/judge/text';
import type { Handover } from '../lab/referee/judge/verdict';
import { REPOSITORY } from '../lab/places';
import { MYSQL_PASSWORD } from '../lab/site';
import { launchBrowser } from '../workbench/vscode/browser';
import { SCREENSHOTS, Workbench } from '../workbench/workbench';
import type { Cleanup } from './cleanup';
import type { Demo } from './demo';
import type { Progress } from './progress';
import { RefereeInLab } from './refereeInLab';

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

/** A machine under load boots hosts and answers probes slowly; every wait ends as soon as its condition holds. */
const HEALTHY_LIMIT_MS = 120_000;
const RUN_LIMIT_MS = 120_000;
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
    await healthy(workbench, 'cc1');
    await picture('healthy');
    progress.say('both controllers are shown healthy');
    const referee = await RefereeInLab.watch(demo.capsule, TARGET);
    progress.say('the referee watches');
    const end = await promote(workbench, picture);
    progress.say(`the run has ended: ${end}`);
    const verdict = await referee.verdict();
    progress.say(
      `the referee has ${verdict.clean ? 'nothing to report' : `this to say:\n${verdictText(verdict)}`}`,
    );
    const after = await healthy(workbench, TARGET).then(
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

async function healthy(workbench: Workbench, primary: 'cc1' | 'cc2'): Promise<void> {
  const standby = primary === 'cc1' ? 'cc2' : 'cc1';
  const timeout = HEALTHY_LIMIT_MS;
  await workbench.openView('ClusterControl HA');
  await workbench.treeRow(primary, 'primary').waitFor({ timeout });
  await workbench.treeRow(standby, 'standby').waitFor({ timeout });
  await workbench.statusBarItem('dc1: healthy').waitFor({ timeout });
}

/** Returns the end that the page shows, in lower case. */
async function promote(workbench: Workbench, picture: (name: string) => Promise<void>): Promise<string> {
  await workbench.command('ClusterControl HA: Promote Standby…');
  await workbench.quickInput
    .filter({ hasText: 'Promote Standby: dc1' })
    .waitFor({ timeout: HEALTHY_LIMIT_MS });
  await picture('target');
  await workbench.pick(TARGET);
  await workbench.quickInput.filter({ hasText: 'Secret "dc1-repl"' }).waitFor();
  await picture('secret');
  await workbench.input(MYSQL_PASSWORD);
  const page = workbench.webview();
  const state = page.locator('#state');
  await state.filter({ hasText: /Ready|Blocked/ }).waitFor({ timeout: HEALTHY_LIMIT_MS });
  await picture('plan');
  await page.getByRole('heading', { name: 'Runbook' }).scrollIntoViewIfNeeded();
  await picture('steps');
  await page.getByRole('button', { name: `Promote ${TARGET}…`, disabled: false }).click();
  await workbench.dialog.waitFor();
  await picture('confirm');
  await workbench.answerDialog(`Promote ${TARGET}`);
  await page.locator('.step.state-done').first().waitFor();
  await picture('running');
  await page.getByRole('button', { name: 'Save Report…' }).waitFor({ timeout: RUN_LIMIT_MS });
  await picture('end');
  return (await state.locator('.word').innerText()).trim().toLowerCase();
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
