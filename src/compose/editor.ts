import path from 'node:path';
import { FileJournal } from '../adapters/journal/fileJournal';
import { journalDirectory } from '../adapters/journal/directory';
import { ChildProcesses } from '../adapters/local/commands';
import type { HostKeyPrompt } from '../adapters/ssh/hostKey';
import type { Site } from '../core/inventory/site';
import type { Clock, Log, SecretStore } from '../core/ports';
import { readHooks } from '../core/operate/readHooks';
import { schemeOf } from '../core/schemes/registry';
import type { RunController, RunRestorer } from '../ui/runbook/controller';
import type { PastRun, RunbookLauncher, SiteService } from '../ui/services';
import { hostAssetsIn } from './hostAssets';
import { helperTextIn } from './helperText';
import { LiveSites } from './liveSites';
import { Operations } from './operations';
import { instanceName, operatorName } from './operator';
import { OperationController } from './runController';
import { SiteConnections } from './siteConnections';

export interface EditorParts {
  /** Where the bundles and the on-host helper are. */
  readonly bundleFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: SecretStore;
  /** Asks the operator for those that have no value. False when one is not given. */
  ensureSecrets(names: readonly string[], site: Site): Promise<boolean>;
  readonly askHostKey: HostKeyPrompt;
  sshConfigFile(): string | undefined;
  /** Value of the setting with the operator's own commands. */
  hooks(): unknown;
  /** A site of the inventory as it is now. */
  siteNamed(name: string): Promise<Site | undefined>;
  /** Shows the runbook page of an operation. */
  show(controller: RunController): void;
  /** A run has come to an end: what is known of its site is old. */
  ended(): void;
}

/** What the editor needs of real hosts. */
export interface EditorEngine {
  readonly service: SiteService;
  readonly launcher: RunbookLauncher;
  readonly restorer: RunRestorer;
  close(): Promise<void>;
}

/** Joins inventory, hosts, engine and journal behind the user interface. Loaded on first use. */
export function composeEditor(parts: EditorParts): EditorEngine {
  const { clock, log, secrets, askHostKey } = parts;
  const options = () => ({ secrets, log, clock, askHostKey, sshConfigFile: parts.sshConfigFile() });
  const connections = new SiteConnections(options);
  const sites = new LiveSites(connections, clock, () => hostAssetsIn(parts.bundleFolder), secrets);
  const journal = new FileJournal(journalDirectory(process.env));
  const operations = new Operations({
    sites,
    connections,
    journal,
    secrets,
    log,
    clock,
    helperText: helperTextIn(path.resolve(parts.bundleFolder)),
    hooks: () => Promise.resolve(readHooks(parts.hooks(), 'the setting clustercontrolHa.hooks')),
    local: new ChildProcesses(clock, process.env),
    operator: operatorName(),
    instance: instanceName(),
  });
  return {
    service: sites,
    launcher: new Launcher(parts, operations),
    restorer: { restore: (key) => restored(parts, operations, key.site, key.runId) },
    close: async () => {
      await connections.close();
      await journal.close();
    },
  };
}

class Launcher implements RunbookLauncher {
  constructor(
    private readonly parts: EditorParts,
    private readonly operations: Operations,
  ) {}

  async launch(site: Site, operation: string, target: string): Promise<void> {
    const found = schemeOf(site).operations.find(({ id }) => id === operation);
    // A missing secret is no reason to stop here: the plan has a check that says so.
    await this.parts.ensureSecrets(found?.secrets(site) ?? [], site);
    const controller = await OperationController.planned(this.operations, site, operation, target);
    this.parts.show(watched(controller, this.parts));
  }

  async runs(): Promise<readonly PastRun[]> {
    const runs = await this.operations.runs();
    return runs
      .map(({ runId, plan, end, summary, next, startedAtMs }) => ({
        ...{ runId, title: plan.title, end, summary, next, startedAtMs },
      }))
      .reverse();
  }

  async unfinished(): ReturnType<RunbookLauncher['unfinished']> {
    const runs = await this.operations.unfinished();
    return runs.map(({ runId, plan, summary, ifThisDies }) => ({
      runId,
      title: plan.title,
      detail: summary === '' ? ifThisDies : summary,
    }));
  }

  async resume(runId: string): Promise<void> {
    const { plan } = await this.operations.snapshotOf(runId);
    const controller = await restored(this.parts, this.operations, plan.site, runId);
    if (!controller) {
      throw new Error(
        `The inventory has no valid site ${plan.site} any more, so its hosts can't be reached.`,
      );
    }
    this.parts.show(controller);
  }
}

async function restored(
  parts: EditorParts,
  operations: Operations,
  siteName: string,
  runId: string | undefined,
): Promise<RunController | undefined> {
  const site = await parts.siteNamed(siteName);
  return site === undefined || runId === undefined
    ? undefined
    : watched(await OperationController.restored(operations, site, runId), parts);
}

/** Tells once when the operation has come to an end. */
function watched(controller: RunController, parts: EditorParts): RunController {
  let last = controller.snapshot()?.end;
  controller.onDidChange(() => {
    const end = controller.snapshot()?.end;
    if (end !== undefined && end !== last) {
      parts.ended();
    }
    last = end;
  });
  return controller;
}
