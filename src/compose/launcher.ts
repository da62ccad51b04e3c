import { drillHistory } from '../core/drill/report';
import type { Site } from '../core/inventory/site';
import { requireAccess } from '../core/operate/hostAccess';
import { schemeOf } from '../core/schemes/registry';
import type { PlanChoices } from '../core/schemes/scheme';
import type { RunController } from '../ui/runbook/controller';
import type { OperatorTold, PastRun, RunbookLauncher, UnfinishedRun } from '../ui/services';
import type { Drills } from './drills';
import type { EditorParts } from './editorParts';
import type { Operations } from './operations';
import { OperationController } from './runController';

/** Opens runbook pages over real sites: of a new plan, of a journal, of what hosts tell, of a drill's promotions. */
export class Launcher implements RunbookLauncher {
  constructor(
    private readonly parts: Pick<EditorParts, 'ensureSecrets' | 'siteNamed' | 'show' | 'ended' | 'log'>,
    private readonly operations: Operations,
    private readonly drills: Drills,
  ) {}

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
    this.parts.show(this.watched(controller));
  }

  async runs(): Promise<readonly PastRun[]> {
    const runs = await this.operations.runs();
    return runs
      .map(({ runId, plan, end, summary, next, startedAtMs }) => ({
        ...{ runId, title: plan.title, end, summary, next, startedAtMs },
      }))
      .reverse();
  }

  async unfinished(): Promise<readonly UnfinishedRun[]> {
    const runs = await this.operations.unfinished();
    return runs.map(({ runId, plan, summary, ifThisDies }) => ({
      runId,
      title: plan.title,
      detail: summary === '' ? ifThisDies : summary,
    }));
  }

  async unfinishedElsewhere(sites: readonly Site[]): Promise<readonly UnfinishedRun[]> {
    const found = await Promise.all(sites.map((site) => this.elsewhere(site)));
    return found.flat();
  }

  private async elsewhere(site: Site): Promise<readonly UnfinishedRun[]> {
    try {
      await this.operations.settle(site);
      const under = await this.operations.underWay(site);
      const known = await this.operations.unfinished();
      if (under === undefined || known.some(({ runId }) => runId === under.record.plan)) return [];
      const { plan, operator, sinceMs, place } = under.record;
      const since = new Date(sinceMs).toISOString().slice(0, 16).replace('T', ' ');
      const detail = `${operator} began it at ${since} UTC on another machine; it came to "${place}".`;
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
    await this.resume(await this.operations.adopt(under));
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
    const controller = await this.restored(plan.site, runId);
    if (!controller) {
      throw new Error(
        `The inventory has no valid site ${plan.site} any more, so its hosts can't be reached.`,
      );
    }
    this.parts.show(controller, replay);
  }

  async restored(siteName: string, runId: string | undefined): Promise<RunController | undefined> {
    const site = await this.parts.siteNamed(siteName);
    return site === undefined || runId === undefined
      ? undefined
      : this.watched(
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
        this.parts.show(this.watched(controller));
        return { dispose: () => undefined };
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

  /** Tells once when the operation has come to an end. */
  private watched(controller: RunController): RunController {
    let last = controller.snapshot()?.end;
    controller.onDidChange(() => {
      const end = controller.snapshot()?.end;
      if (end !== undefined && end !== last) this.parts.ended(controller.plan(), end);
      last = end;
    });
    return controller;
  }
}
