import { drillHistory } from '../core/drill/report';
import type { Site } from '../core/inventory/site';
import { addressesOf } from '../core/operate/addressesOf';
import type { Plan } from '../core/plan/plan';
import { checkSite, isOfSite } from '../core/plan/siteAddresses';
import { requireAccess } from '../core/operate/hostAccess';
import { schemeOf } from '../core/schemes/registry';
import type { PlanChoices } from '../core/schemes/scheme';
import type { RunController } from '../ui/runbook/controller';
import type { OperatorTold, PastRun, RunbookLauncher, UnfinishedRun } from '../ui/services';
import type { Drills } from './drills';
import type { EditorParts } from './editorParts';
import { leftOpen, runsOf } from './journals';
import type { Operations } from './operations';
import { OperationsHere } from './operationsHere';
import { OperationController } from './runController';

/** Opens runbook pages over real sites: of a new plan, of a journal, of what hosts tell, of a drill's promotions. */
export class Launcher implements RunbookLauncher {
  private readonly here: OperationsHere;

  constructor(
    private readonly parts: Pick<
      EditorParts,
      'ensureSecrets' | 'siteNamed' | 'show' | 'begun' | 'ended' | 'log'
    >,
    private readonly operations: Operations,
    private readonly drills: Drills,
  ) {
    this.here = new OperationsHere(parts);
  }

  async launch(
    site: Site,
    operation: string,
    target: string,
    choices?: PlanChoices,
    told?: OperatorTold,
  ): Promise<void> {
    await this.askForSecrets(site, operation);
    const order = { target, choices, mode: told?.mode ?? 'planned', attested: told?.attested };
    const controller = await OperationController.planned(this.operations, site, operation, order);
    this.parts.show(this.here.add(controller));
  }

  async runs(): Promise<readonly PastRun[]> {
    const runs = await this.operations.runs();
    return runs
      .map(({ runId, plan, end, summary, next, startedAtMs }) => ({
        ...{ runId, title: plan.title, end, summary, next, startedAtMs },
        running: this.here.isRunning(runId),
      }))
      .reverse();
  }

  async unfinished(): Promise<readonly UnfinishedRun[]> {
    const runs = (await this.operations.unfinished()).filter(({ runId }) => !this.here.isRunning(runId));
    const here = await Promise.all(runs.map(({ plan }) => this.mayBeHere(plan)));
    return runs
      .filter((_, index) => here[index])
      .map(({ runId, plan, summary, ifThisDies }) => ({
        runId,
        title: plan.title,
        detail: summary === '' ? ifThisDies : summary,
      }));
  }

  /** False where the inventory has a site of its name with other hosts: it is another workspace's. */
  private async mayBeHere(plan: Plan): Promise<boolean> {
    const site = await this.parts.siteNamed(plan.site);
    return site === undefined || isOfSite(plan, addressesOf(site));
  }

  async unfinishedElsewhere(sites: readonly Site[]): Promise<readonly UnfinishedRun[]> {
    const found = await Promise.all(sites.map((site) => this.elsewhere(site)));
    return found.flat();
  }

  private async elsewhere(site: Site): Promise<readonly UnfinishedRun[]> {
    try {
      await this.operations.settle(site);
      const under = await this.operations.underWay(site);
      const journals = await this.operations.unfinished();
      const isIt = ({ runId }: { readonly runId: string }): boolean => runId === under?.record.plan;
      if (under === undefined) return [];
      // One whose taking over was broken off knows nothing of what was done: the hosts do.
      if (runsOf(site, journals).some((run) => isIt(run) && run.adoptedHalfway !== true)) return [];
      const { plan, operator, sinceMs, place } = under.record;
      const since = new Date(sinceMs).toISOString().slice(0, 16).replace('T', ' ');
      const where = journals.some(isIt) ? 'when the inventory named other addresses' : 'on another machine';
      const detail = `${operator} began it at ${since} UTC ${where}; it came to "${place}".`;
      return [{ runId: plan, title: under.book.plan.title, detail, site: site.name }];
    } catch (error) {
      this.parts.log.warn(`${site.name}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  }

  async adopt(siteName: string): Promise<void> {
    const site = await this.parts.siteNamed(siteName);
    const under = site && (await this.operations.underWay(site));
    if (!under) throw new Error(`The hosts of ${siteName} know of no operation without an end any more.`);
    await this.resume(await this.operations.adopt(site, under));
  }

  resume(runId: string): Promise<void> {
    return this.open(runId);
  }

  replay(runId: string): Promise<void> {
    return this.open(runId, true);
  }

  report(runId: string): Promise<string> {
    return this.operations.report(runId);
  }

  private async open(runId: string, replay = false): Promise<void> {
    const { plan } = await this.operations.snapshotOf(runId);
    const controller = await this.page(plan.site, runId, replay);
    if (!controller) {
      throw new Error(
        `The inventory has no valid site ${plan.site} any more, so its hosts can't be reached.`,
      );
    }
    this.parts.show(controller, replay);
  }

  restored(siteName: string, runId: string | undefined): Promise<RunController | undefined> {
    return runId === undefined ? Promise.resolve(undefined) : this.page(siteName, runId);
  }

  /**
   * The operation as this window has it already, its journal read again; else as its journal tells it.
   * @throws OperatorError where it could be gone on with, and the site of that name has other hosts. A replay asks none.
   */
  private async page(siteName: string, runId: string, replay = false): Promise<RunController | undefined> {
    const here = this.here.of(runId);
    if (here !== undefined) {
      await here.reread();
      return here;
    }
    const site = await this.parts.siteNamed(siteName);
    if (site === undefined) return undefined;
    const snapshot = await this.operations.snapshotOf(runId);
    if (!replay && leftOpen(snapshot)) checkSite(snapshot.plan, addressesOf(site));
    return this.here.add(
      await OperationController.restored(this.operations, site, runId, (operation) =>
        this.askForSecrets(site, operation),
      ),
    );
  }

  async drillObstacle(site: Site): Promise<string> {
    const { standby, problems } = await this.drills.look(site);
    return problems.length === 0 && standby === undefined ? 'No host can be promoted.' : problems.join('; ');
  }

  async drill(site: Site, rounds: number): Promise<string> {
    await this.askForSecrets(site, 'promote');
    const drill = await this.drills.run(site, {
      rounds,
      acknowledged: {},
      follow: (run, plan) => {
        const controller = OperationController.following(this.operations, site, plan, run);
        this.parts.show(this.here.add(controller));
        return { dispose: () => controller.over() };
      },
    });
    return this.drills.report(drill);
  }

  async drillHistory(site: Site): Promise<string> {
    const drills = (await this.drills.history()).filter((drill) => drill.site === site.name);
    return drills.length === 0 ? '' : `# Drills of ${site.name}\n\n${drillHistory([...drills].reverse())}\n`;
  }

  /** Before whatever reaches hosts. No password is asked for where none may be contacted. */
  private async askForSecrets(site: Site, operation: string): Promise<void> {
    requireAccess(this.operations.access);
    const found = schemeOf(site).operations.find(({ id }) => id === operation);
    // A missing secret is no reason to stop here: the plan has a check that says so.
    await this.parts.ensureSecrets(found?.secrets(site) ?? [], site);
  }
}
