import type { FrameLocator, Locator } from 'playwright-core';
import { MYSQL_PASSWORD, peerOf, type ControllerName } from '../lab/site';
import { until } from './until';
import type { Workbench } from './workbench';

/** A machine under load boots hosts and answers probes slowly; every wait ends as soon as its condition holds. */
const HEALTHY_LIMIT_MS = 120_000;
const RUN_LIMIT_MS = 120_000;

/** Waits until tree and status bar show the lab's site healthy, with this primary. */
export async function shownHealthy(workbench: Workbench, primary: ControllerName): Promise<void> {
  const timeout = HEALTHY_LIMIT_MS;
  await workbench.openView('ClusterControl HA');
  await workbench.treeRow(primary, 'primary').waitFor({ timeout });
  await workbench.treeRow(peerOf(primary), 'standby').waitFor({ timeout });
  await workbench.statusBarItem('dc1: healthy').waitFor({ timeout });
}

export interface PromotionOptions {
  /** The editor has no password yet: it asks for one. */
  readonly asksForSecret: boolean;
  /** The site may still be settling from what was done before: the plan is made again until nothing blocks it. */
  readonly untilReady?: boolean;
  /** Called at each thing to see: target, secret, plan, steps, confirm, running, end. */
  readonly seen?: (what: string) => Promise<void>;
}

/** Has a promotion planned as a person does: palette, quick pick, page. Returns the page with its plan. */
export async function planPromotion(
  workbench: Workbench,
  target: ControllerName,
  { asksForSecret, untilReady = false, seen = () => Promise.resolve() }: PromotionOptions,
): Promise<FrameLocator> {
  await workbench.command('ClusterControl HA: Promote Standby…');
  await workbench.quickInput
    .filter({ hasText: 'Promote Standby: dc1' })
    .waitFor({ timeout: HEALTHY_LIMIT_MS });
  await seen('target');
  await workbench.pick(target);
  if (asksForSecret) {
    await workbench.quickInput.filter({ hasText: 'dc1-repl' }).waitFor();
    await seen('secret');
    await workbench.input(MYSQL_PASSWORD);
  }
  const page = workbench.webview();
  await stateOf(page)
    .filter({ hasText: /Ready|Blocked/ })
    .waitFor({ timeout: HEALTHY_LIMIT_MS });
  if (untilReady) {
    await until('a plan that nothing blocks', () => plannedAnew(page), HEALTHY_LIMIT_MS);
  }
  await seen('plan');
  return page;
}

/** Starts one: the plan, then the modal. Returns the page, which stays open. */
export async function startPromotion(
  workbench: Workbench,
  target: ControllerName,
  options: PromotionOptions,
): Promise<FrameLocator> {
  const { seen = () => Promise.resolve() } = options;
  const page = await planPromotion(workbench, target, options);
  await page.getByRole('heading', { name: 'Runbook' }).scrollIntoViewIfNeeded();
  await seen('steps');
  await page.getByRole('button', { name: `Promote ${target}…`, disabled: false }).click();
  await workbench.dialog.waitFor();
  await seen('confirm');
  await workbench.answerDialog(`Promote ${target}`);
  await page.locator('.step.state-done').first().waitFor();
  await seen('running');
  return page;
}

/** Waits for the end of a run. Returns the word that the page has for it, in lower case. */
export async function endOf(page: FrameLocator): Promise<string> {
  await page.getByRole('button', { name: 'Save Report…' }).waitFor({ timeout: RUN_LIMIT_MS });
  return (await stateOf(page).locator('.word').innerText()).trim().toLowerCase();
}

/** From the palette to the result. Returns the end, as `endOf`. */
export async function promoteByHand(
  workbench: Workbench,
  target: ControllerName,
  options: PromotionOptions,
): Promise<string> {
  const end = await endOf(await startPromotion(workbench, target, options));
  await options.seen?.('end');
  return end;
}

/** True when the plan can be started; else it is made again. */
async function plannedAnew(page: FrameLocator): Promise<boolean> {
  if ((await stateOf(page).filter({ hasText: 'Ready' }).count()) > 0) return true;
  // While one is being made, the page takes no second wish.
  await page.getByRole('button', { name: 'Plan Again' }).click();
  return false;
}

export function stateOf(page: FrameLocator): Locator {
  return page.locator('#state');
}
