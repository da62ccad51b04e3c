import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../../src/adapters/clock';
import { FileJournal } from '../../../src/adapters/journal/fileJournal';
import { hostAssetsIn } from '../../../src/compose/hostAssets';
import { helperTextIn } from '../../../src/compose/helperText';
import { LiveSites } from '../../../src/compose/liveSites';
import { Operations } from '../../../src/compose/operations';
import { instanceName } from '../../../src/compose/operator';
import { SiteConnections } from '../../../src/compose/siteConnections';
import { OPEN_ACCESS } from '../../../src/core/operate/hostAccess';
import { parseInventory } from '../../../src/core/inventory/parse';
import type { Site } from '../../../src/core/inventory/site';
import { askQuestions } from '../../../src/core/operate/questions';
import type { Plan } from '../../../src/core/plan/plan';
import type { JournalStore, Log, SecretStore } from '../../../src/core/ports';
import type { Run } from '../../../src/core/run/executor';
import type { RunPolicy } from '../../../src/core/run/deps';
import { schemeOf } from '../../../src/core/schemes/registry';
import type { PlanChoices } from '../../../src/core/schemes/scheme';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import type { Lab } from '../lab';
import { REPOSITORY } from '../places';
import { MYSQL_PASSWORD } from '../site';

export interface ProductOptions {
  /** Called with each event's type and step before it is written: the place for a fault at an exact moment. */
  readonly onJournal?: (type: string, step: string | undefined) => Promise<void>;
  readonly secrets?: SecretStore;
  readonly sshConfigFile?: string;
  readonly user?: string;
  /** Instead of the lab's own inventory. */
  readonly inventoryFile?: string;
  readonly policy?: Partial<RunPolicy>;
  /** Where several products of one test keep their journals together; default: a folder of its own. */
  readonly journals?: string;
}

/** The product as editor and command line compose it, on the lab that this process is in. */
export class Product {
  /** The last that was started. */
  private run: Run | undefined;

  private constructor(
    readonly site: Site,
    readonly operations: Operations,
    readonly sites: LiveSites,
    private readonly connections: SiteConnections,
  ) {}

  static async on(lab: Lab, options: ProductOptions = {}): Promise<Product> {
    const file = options.inventoryFile ?? (await lab.inventoryFile(undefined, options.user));
    const { sites } = parseInventory(file, await readFile(file, 'utf8'));
    const [site] = sites;
    if (site === undefined) throw new Error(`${file} has no usable site`);
    const secrets = options.secrets ?? { get: () => Promise.resolve(MYSQL_PASSWORD) };
    const clock = systemClock;
    const sshConfigFile = options.sshConfigFile ?? lab.operator.sshConfigFile;
    const connections = new SiteConnections(
      () => ({ secrets, log: silent, clock, sshConfigFile }),
      OPEN_ACCESS,
    );
    const live = new LiveSites(
      connections,
      clock,
      () => hostAssetsIn(path.join(REPOSITORY, 'dist')),
      secrets,
    );
    const folder = options.journals ?? (await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-runs-')));
    const operations = new Operations({
      sites: live,
      connections,
      journal: tapped(new FileJournal(folder), options.onJournal),
      secrets,
      log: silent,
      clock,
      helperText: helperTextIn(path.join(REPOSITORY, 'dist')),
      operator: 'lab@test',
      instance: instanceName(),
      ...(options.policy === undefined ? {} : { policy: options.policy }),
    });
    return new Product(site, operations, live, connections);
  }

  plan(target: string): Promise<Plan> {
    return this.operations.plan(this.site, 'promote', target, 'planned');
  }

  /**
   * The part of a planned promotion's preflight that needs no host to ask another one: an observation, what is asked beside
   * it, and all checks. Dry run and logins take what the network takes.
   */
  async localPreflight(target: string): Promise<Plan> {
    const operation = schemeOf(this.site).operations.find(({ id }) => id === 'promote');
    if (operation === undefined) throw new Error('the scheme promotes nothing');
    const observation = await this.sites.observation(this.site);
    const questions = operation
      .questions(this.site, target, observation, 'planned')
      .filter(({ remote }) => remote !== true);
    const secrets = { get: () => Promise.resolve(MYSQL_PASSWORD) };
    const answers = await this.connections.use(this.site, ({ sessions }) =>
      askQuestions({ sessions, secrets }, questions),
    );
    return operation.plan(
      {
        ...{ site: this.site, target, mode: 'planned', observation, id: 'local', operator: 'lab@test' },
        ...{ nowMs: observation.atMs, secretsAvailable: [], unfinishedRuns: [] },
      },
      answers,
    );
  }

  /** A plan of any operation of the scheme. */
  planOf(order: {
    readonly operation: string;
    readonly target: string;
    readonly mode: string;
    readonly choices?: PlanChoices;
    readonly attested?: Readonly<Record<string, string>>;
  }): Promise<Plan> {
    const { operation, target, mode, choices, attested } = order;
    return this.operations.plan(this.site, operation, target, mode, choices, attested);
  }

  /** Labs fail over more often than once an hour: `recent` has its reason already. */
  start(plan: Plan, acknowledged: Readonly<Record<string, string>> = {}): Promise<RunSnapshot> {
    const reasons = { recent: 'a rehearsal', ...acknowledged };
    this.run = this.operations.newRun(this.site);
    return this.run.start(plan, this.operations.startOptions(this.site, plan, reasons));
  }

  /** @throws OperatorError where nothing can be aborted any more. */
  async abort(): Promise<void> {
    await this.run?.abort('lab@test');
  }

  async promote(target: string): Promise<RunSnapshot> {
    return this.start(await this.plan(target));
  }

  resume(runId: string, intent: 'finish' | 'undo', takeOver = false): Promise<RunSnapshot> {
    return this.operations.newRun(this.site).resume(runId, { operator: 'lab@test', intent, takeOver });
  }

  close(): Promise<void> {
    return this.connections.close();
  }
}

function tapped(journal: FileJournal, tap: ProductOptions['onJournal']): JournalStore {
  if (tap === undefined) return journal;
  return {
    read: (runId) => journal.read(runId),
    list: () => journal.list(),
    close: (runId) => journal.close(runId),
    append: async (runId, line, sync) => {
      const { event } = JSON.parse(line) as { event: { type: string; step?: string } };
      await tap(event.type, event.step);
      await journal.append(runId, line, sync);
    },
  };
}

const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
function nothing(): void {
  // The tests judge by what the product says and does.
}

/** A run as a failed test should show it. */
export function runText({ end, summary, next, notes, steps }: RunSnapshot): string {
  const done = steps.map(({ id, state, reason }) => `  ${state.padEnd(10)} ${id} ${reason}`);
  return [`${end}: ${summary} Next: ${next}`, ...notes, ...done].join('\n');
}
