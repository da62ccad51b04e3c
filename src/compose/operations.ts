import { reachability } from '../adapters/reach/reachability';
import type { Site } from '../core/inventory/site';
import { changedDefinition } from '../core/operate/changedDefinition';
import { changedFacts } from '../core/operate/changedFacts';
import { digestDifference, preparePlan } from '../core/operate/preparePlan';
import type { Plan } from '../core/plan/plan';
import { addressesOf } from '../core/operate/addressesOf';
import { adopt, endElsewhere } from '../core/operate/adopt';
import { OperatorError } from '../core/errors';
import { type Hooks, NO_HOOKS } from '../core/operate/hooks';
import { type HostAccess, requireAccess } from '../core/operate/hostAccess';
import {
  askForOperations,
  type HostAnswer,
  operationUnderWay,
  type UnderWay,
} from '../core/operate/hostOperations';
import { usualTimes } from '../core/operate/usualTimes';
import type { Clock, JournalStore, LocalCommands, Log, SecretStore } from '../core/ports';
import type { RunPolicy } from '../core/run/deps';
import type { Run } from '../core/run/executor';
import { foldJournal, snapshotOf } from '../core/run/fold';
import { outageSpans, type StepSpan } from '../core/run/outages';
import { type Replay, replayOf } from '../core/run/replay';
import { runReport } from '../core/run/report';
import type { RunSnapshot } from '../core/run/snapshot';
import type { StartOptions } from '../core/run/start';
import { schemeOf } from '../core/schemes/registry';
import type { Operation, PlanChoices } from '../core/schemes/scheme';
import { BROUGHT_HELPER, DEPLOYED_HELPER } from '../core/schemes/replication/steps/kit';
import { leftOpen, readRuns, runsOf } from './journals';
import type { LiveSites } from './liveSites';
import type { SiteConnections } from './siteConnections';
import { SiteRun } from './siteRun';

const HELPER_PLACES = [
  { helper: DEPLOYED_HELPER, brought: false },
  { helper: BROUGHT_HELPER, brought: true },
];

export interface OperationsDeps {
  readonly sites: Pick<LiveSites, 'observation' | 'compareFiles' | 'onObservation'>;
  readonly connections: SiteConnections;
  readonly journal: JournalStore;
  readonly secrets: SecretStore;
  readonly log: Log;
  readonly clock: Clock;
  /** Text of the on-host helper, for hosts that have none. */
  helperText(): Promise<string>;
  /** The operator's own commands, read anew for each plan. @throws OperatorError when they can't be used. */
  readonly hooks?: () => Promise<Hooks>;
  /** A site of the inventory as it is now. Absent: it is not read again (the command line). */
  readonly siteNow?: (name: string) => Promise<Site | undefined>;
  /** Runs them. Absent: a step that is one fails. */
  readonly local?: LocalCommands;
  /** Who acts, as leases and reports name him: `user@machine`. */
  readonly operator: string;
  /** Different for every process. */
  readonly instance: string;
  readonly policy?: Partial<RunPolicy>;
}

/** Plans and runs of real sites: what editor and command line both do. */
export class Operations {
  constructor(private readonly deps: OperationsDeps) {}

  get operator(): string {
    return this.deps.operator;
  }

  /** Whether hosts may be contacted at all. What follows throws an OperatorError where it would and may not. */
  get access(): HostAccess {
    return this.deps.connections.access;
  }

  /** Looks, asks, plans. Changes nothing. @throws RangeError for an operation that the scheme doesn't have. */
  async plan(
    site: Site,
    operation: string,
    target: string,
    mode: string,
    choices?: PlanChoices,
    attested?: Readonly<Record<string, string>>,
  ): Promise<Plan> {
    const { sites, connections, secrets, clock, operator } = this.deps;
    const wanted = operationOf(site, operation);
    const { hooks, leftOut } = await this.hooksFor(wanted.urgent === true);
    const around = {
      secrets,
      reach: reachability,
      clock,
      hooks,
      usualTimes: async (one: Site, id: string) => usualTimes(runsOf(one, await this.runs()), one.name, id),
      observe: (one: Site) => sites.observation(one),
      compareFiles: (one: Site) => sites.compareFiles(one),
      unfinishedRuns: async (one: Site) => {
        await this.settle(one);
        return (await this.unfinishedOf(one)).map(({ runId, end }) => ({ runId, end }));
      },
    };
    const request = {
      ...{ site, operation: wanted, target, mode, operator },
      ...(choices === undefined ? {} : { choices }),
      ...(attested === undefined ? {} : { attested }),
      nonce: Math.random().toString(36).slice(2, 6),
    };
    const plan = await connections.use(site, ({ sessions }) => preparePlan({ sessions, ...around }, request));
    return leftOut === '' ? plan : { ...plan, afterwards: `${plan.afterwards ?? ''} ${leftOut}`.trim() };
  }

  /** One run; make a new one for every start and every resume. */
  newRun(site: Site): Run {
    requireAccess(this.access);
    const { connections, clock, journal, secrets, log, instance, policy, local } = this.deps;
    const optional = {
      ...(local === undefined ? {} : { local }),
      ...(policy === undefined ? {} : { policy }),
    };
    const helperText = (): Promise<string> => this.deps.helperText();
    const deps = { ...optional, clock, journal, secrets, log, helperText, instance };
    return new SiteRun(deps, connections, site);
  }

  /** What `Run.start` needs beyond the plan. */
  startOptions(site: Site, plan: Plan, acknowledged: Readonly<Record<string, string>>): StartOptions {
    return {
      operator: this.deps.operator,
      acknowledged,
      recheck: async () => {
        const observation = await this.deps.sites.observation(site);
        const digest = operationOf(site, plan.operation).digest(site, observation);
        return { digest, difference: digestDifference(plan.digest, digest) };
      },
    };
  }

  /**
   * Tells after each newer observation of the site, whoever asked for it, what has changed of what the plan rests on: in the
   * inventory, or on the hosts.
   */
  whileItWaits(
    planned: () => { readonly site: Site; readonly plan: Plan },
    tell: (changed: readonly string[]) => void,
  ): { dispose(): void } {
    return this.deps.sites.onObservation((observation) => {
      const judge = (now: Site | undefined): void => {
        const { site, plan } = planned();
        // One that was under way when the plan was made is older than the plan.
        if (observation.site !== site.name || observation.atMs < plan.createdAtMs) return;
        const otherwise = now === undefined ? [] : changedDefinition(site, now);
        const facts = (): string[] =>
          changedFacts(plan.digest, operationOf(site, plan.operation).digest(site, observation));
        tell(otherwise.length > 0 ? otherwise : facts());
      };
      const { siteNow } = this.deps;
      if (siteNow === undefined) judge(undefined);
      else void siteNow(observation.site).then(judge, () => judge(undefined));
    });
  }

  /** The site as the inventory has it now; as it was given where the inventory has no valid one of its name, or is not asked. */
  async siteNow(site: Site): Promise<Site> {
    return (await this.deps.siteNow?.(site.name)) ?? site;
  }

  /** All runs of this machine, the newest last. A journal that can't be read is left out and logged. */
  runs(): Promise<RunSnapshot[]> {
    return readRuns(this.deps.journal, this.deps.log);
  }

  /** Runs that have no final end: they are finished or undone before anything else is begun. */
  async unfinished(): Promise<RunSnapshot[]> {
    return (await this.runs()).filter(leftOpen);
  }

  /** Those of one site; another workspace's of the same name are not among them. */
  async unfinishedOf(site: Site): Promise<RunSnapshot[]> {
    return runsOf(site, await this.unfinished());
  }

  /** What the hosts of a site tell of operations, whoever began them. */
  askHosts(site: Site): Promise<readonly HostAnswer[]> {
    const hosts = schemeOf(site)
      .probes(site)
      .flatMap(({ host, kind }) => (kind === 'controller' ? [host] : []));
    return this.deps.connections.use(site, ({ sessions }) =>
      askForOperations(sessions, hosts, HELPER_PLACES),
    );
  }

  /** The operation that the hosts know of and that has no end. @throws OperatorError where it can't be gone on with. */
  async underWay(site: Site): Promise<UnderWay | undefined> {
    return operationUnderWay(await this.askHosts(site), site.name);
  }

  /**
   * Takes over into this machine's journals what the hosts of a site tell of an operation: it is this site's from then on.
   * @returns the run's id, to be resumed.
   */
  async adopt(site: Site, found: UnderWay): Promise<string> {
    const { journal, clock } = this.deps;
    return adopt({ journal, clock, hooks: await this.hooks() }, found, addressesOf(site));
  }

  /** Journals of this machine without an end are closed where the hosts know one, or another operation that came after it. */
  async settle(site: Site): Promise<void> {
    const open = await this.unfinishedOf(site);
    if (open.length > 0) await endElsewhere(this.deps, open, await this.askHosts(site));
  }

  async snapshotOf(runId: string): Promise<RunSnapshot> {
    return snapshotOf(foldJournal(runId, await this.deps.journal.read(runId)));
  }

  /** How long users missed what, by the times of a run's steps. */
  async outages(runId: string): Promise<readonly StepSpan[]> {
    return outageSpans(foldJournal(runId, await this.deps.journal.read(runId)));
  }

  /** A run as it was at each of its moments. */
  async replay(runId: string): Promise<Replay> {
    return replayOf(runId, await this.deps.journal.read(runId));
  }

  /** What happened in a run, Markdown. */
  async report(runId: string): Promise<string> {
    return runReport(foldJournal(runId, await this.deps.journal.read(runId)));
  }

  private hooks(): Promise<Hooks> {
    return this.deps.hooks?.() ?? Promise.resolve(NO_HOOKS);
  }

  /** A typing mistake in them must not keep a host open: what is urgent goes without them, and says so. */
  private async hooksFor(urgent: boolean): Promise<{ readonly hooks: Hooks; readonly leftOut: string }> {
    try {
      return { hooks: await this.hooks(), leftOut: '' };
    } catch (error) {
      if (!urgent || !(error instanceof OperatorError)) throw error;
      return { hooks: NO_HOOKS, leftOut: `Your hooks were left out. ${error.message}` };
    }
  }
}

function operationOf(site: Site, id: string): Operation<Site> {
  const found = schemeOf(site).operations.find((operation) => operation.id === id);
  if (found === undefined) {
    throw new RangeError(`${site.scheme} has no operation ${id}`);
  }
  return found;
}
