import type { Site } from '../inventory/site';
import type { SiteObservation } from '../observe/host';
import type { Plan, UnfinishedRun } from '../plan/plan';
import type { Clock } from '../ports';
import type { FileComparison } from '../deploy/compare';
import type { Operation, PlanChoices } from '../schemes/scheme';
import { addressesOf } from './addressesOf';
import type { Hooks } from './hooks';
import { withHooks } from './hookSteps';
import { type AskDeps, askQuestions } from './questions';
import { withUsualTimes } from './usualTimes';

export interface PrepareDeps extends AskDeps {
  readonly clock: Clock;
  /** The operator's own commands (docs/hooks.md). */
  readonly hooks: Hooks;
  /** What the steps of this operation usually took on this site, by step. */
  usualTimes(site: Site, operation: string): Promise<ReadonlyMap<string, number>>;
  observe(site: Site): Promise<SiteObservation>;
  /** Every rendered file beside what its host has. */
  compareFiles(site: Site): Promise<readonly FileComparison[]>;
  /** Runs of this site, as this machine's journals have them, that have left something to do. */
  unfinishedRuns(site: Site): Promise<readonly UnfinishedRun[]>;
}

export interface PrepareRequest {
  readonly site: Site;
  readonly operation: Operation<Site>;
  readonly target: string;
  readonly mode: string;
  readonly operator: string;
  readonly choices?: PlanChoices;
  readonly attested?: Readonly<Record<string, string>>;
  /** Random text that tells two plans of one second apart. */
  readonly nonce: string;
}

/** `dc1-promote-cc2-20261121T031500Z-ab12`: sorts by time within a site, safe as a file name. */
export function planId(request: PrepareRequest, nowMs: number): string {
  const time = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  return [request.site.name, request.operation.id, request.target, time, request.nonce]
    .join('-')
    .replace(/[^A-Za-z0-9._-]/g, '_');
}

/** Looks at the site, asks what a look doesn't tell, and makes the plan. Changes nothing. */
export async function preparePlan(deps: PrepareDeps, request: PrepareRequest): Promise<Plan> {
  const { site, operation, target, mode, operator } = request;
  // The standby is read here, the primary's position is asked afterwards: the other order sees false errant transactions.
  const observation = await deps.observe(site);
  const questions = operation.questions(site, target, observation, mode);
  const [answers, unfinishedRuns, secretsAvailable, usual, files] = await Promise.all([
    askQuestions(deps, questions),
    deps.unfinishedRuns(site),
    availableSecrets(deps, operation.secrets(site)),
    deps.usualTimes(site, operation.id),
    operation.comparesFiles ? deps.compareFiles(site) : undefined,
  ]);
  const nowMs = deps.clock.nowMs();
  const id = planId(request, nowMs);
  const { power } = deps.hooks;
  const plan = operation.plan(
    {
      ...{ site, target, mode, observation, id, operator, nowMs, secretsAvailable, unfinishedRuns },
      ...(power === undefined ? {} : { powerHook: power }),
      ...(files === undefined ? {} : { files }),
      ...(request.choices === undefined ? {} : { choices: request.choices }),
      ...(request.attested === undefined ? {} : { attested: request.attested }),
    },
    answers,
  );
  const around = { site: site.name, operation: operation.id, mode, target, plan: id, operator };
  const withTimes = withUsualTimes(withHooks(plan, deps.hooks, around, operation.urgent), usual);
  return { ...withTimes, siteAddresses: addressesOf(site) };
}

async function availableSecrets(deps: AskDeps, names: readonly string[]): Promise<string[]> {
  const known = await Promise.all(names.map(async (name) => ((await deps.secrets.get(name)) ? [name] : [])));
  return known.flat();
}

/** Reads the site again and compares: lines of the plan's digest that are different now. Empty: the plan still holds. */
export function digestDifference(before: string, now: string): string[] {
  const was = new Set(before.split('\n'));
  return now.split('\n').filter((line) => !was.has(line));
}
