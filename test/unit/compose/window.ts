import { Launcher } from '../../../src/compose/launcher';
import type { Drills } from '../../../src/compose/drills';
import type { Operations, OperationsDeps } from '../../../src/compose/operations';
import type { OperationController } from '../../../src/compose/runController';
import { OPEN_ACCESS } from '../../../src/core/operate/hostAccess';
import type { Site } from '../../../src/core/inventory/site';
import type { RunController } from '../../../src/ui/runbook/controller';
import { exampleSite } from '../observation';
import { promotionSketch, sketchPlan } from '../run/world/plans';
import { FakeProcess } from '../run/world/process';
import { World } from '../run/world/world';
import { standing } from './standing';

export const site = exampleSite() as Site;

/** A site of fake hosts on which real runs go, and the plan of the first one. */
export function newWorld(): World {
  return new World(sketchPlan(promotionSketch()));
}

/** What a test has of one window: the real launcher and engine, over fake hosts. Plans come from `plan`. */
export interface Window {
  readonly launcher: Launcher;
  readonly operations: Operations;
  /** Every page that was to be shown, the newest last. */
  readonly shown: RunController[];
  /** Lines that its journal had when a run had begun, as the rest of the window is told of it. */
  readonly begun: number[];
  /** "operation end", as the rest of the window is told of it. */
  readonly ended: string[];
  readonly process: FakeProcess;
}

/** Windows of one world share its hosts and journals. */
export function openWindow(
  world: World,
  plan: Operations['plan'] = () => Promise.resolve(world.plan),
  drills: Partial<Drills> = {},
): Window {
  const process = new FakeProcess();
  const { sessions, ...deps } = world.deps(process);
  const connections = {
    access: OPEN_ACCESS,
    use: (_: unknown, work: (held: { sessions: typeof sessions }) => unknown) => work({ sessions }),
    hold: () => ({ sessions, release: () => undefined }),
  } as unknown as OperationsDeps['connections'];
  const { operations } = standing({ ...deps, connections });
  Object.assign(operations, {
    plan,
    startOptions: () => ({
      operator: 'ann@desk',
      acknowledged: {},
      recheck: () => Promise.resolve({ digest: world.plan.digest, difference: '' }),
    }),
  });
  const shown: RunController[] = [];
  const begun: number[] = [];
  const ended: string[] = [];
  const parts = {
    ensureSecrets: () => Promise.resolve(true),
    siteNamed: () => Promise.resolve(site),
    show: (controller: RunController) => void shown.push(controller),
    begun: () => void begun.push(world.lines().length),
    ended: ({ operation }: { operation: string }, end: string) => void ended.push(`${operation} ${end}`),
    log: deps.log,
  };
  return {
    launcher: new Launcher(parts, operations, drills as Drills),
    ...{ operations, shown, begun, ended, process },
  };
}

/** The page that was shown last. */
export function pageOf({ shown }: Window): OperationController {
  const controller = shown.at(-1);
  if (controller === undefined) throw new Error('no page was shown');
  return controller as OperationController;
}

/** Lets time pass until it is so. @throws Error when it never is. */
export async function when(world: World, what: string, isSo: () => boolean): Promise<void> {
  for (let waitedMs = 0; !isSo(); waitedMs += 5) {
    if (waitedMs > 120_000) throw new Error(`never: ${what}`);
    await world.clock.pass(5);
  }
}

/** A promotion that its operator has planned and started: it is at its first steps. */
export async function startedRun(world: World, window: Window): Promise<OperationController> {
  await window.launcher.launch(site, 'promote', 'cc2');
  const controller = pageOf(window);
  await world.clock.until(controller.start({}));
  return controller;
}
