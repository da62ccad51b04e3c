import type { Beside } from '../core/configFiles/examine';
import type { Finding } from '../core/findings/finding';
import type { RunEnd } from '../core/plan/plan';
import type { SeenHost } from '../core/inventory/language/seen';
import type { Site } from '../core/inventory/site';
import type { FileComparison } from '../core/deploy/compare';
import type { PlanChoices, RenderedFile, SiteDocument } from '../core/schemes/scheme';
import type { TopologyNode } from '../core/topology/node';

// What the user interface asks of the rest. extension.ts composes the real ones; tests have their own.

/** An inventory file's text. `file` is its URI as text. */
export interface InventoryDocument {
  readonly file: string;
  readonly text: string;
}

export interface InventoryReading {
  /** Sites that can be used; a site with an error is not among them. */
  readonly sites: readonly Site[];
  readonly findings: readonly Finding[];
  /** All sites that stand in the texts, usable or not. */
  readonly named: readonly NamedSite[];
}

/** Where a site's name stands. `file` is its inventory's URI as text. */
export interface NamedSite {
  readonly name: string;
  readonly file: string;
}

/** Reads all inventories of the workspace at once: a site's name is unique among them. Never rejects for bad text. */
export interface InventoryReader {
  read(documents: readonly InventoryDocument[]): Promise<InventoryReading>;
}

/** Reads one configuration file of a host by itself. Never throws. */
export interface ConfigFileExaminer {
  /** `file` is its URI as text, `path` what its kind is told by. Nothing for a file of another kind. */
  examine(file: string, path: string, text: string, beside?: Beside): readonly Finding[];
}

export interface SiteState {
  readonly site: string;
  readonly atMs: number;
  readonly topology: TopologyNode;
  readonly findings: readonly Finding[];
  /** What the editor's completion offers of the hosts. Absent: nothing was kept. */
  readonly seen?: readonly SeenHost[];
}

export interface TargetChoice {
  readonly host: string;
  readonly label: string;
  readonly detail: string;
}

/** Sites as they really are. Hosts that don't answer are facts in the state, not rejections. */
export interface SiteService {
  observe(site: Site): Promise<SiteState>;
  /** Every file that the inventory says a host should have. */
  files(site: Site): Promise<readonly RenderedFile[]>;
  /** Texts of the site that belong to no host, such as its SQL. */
  documents(site: Site): Promise<readonly SiteDocument[]>;
  /** Every rendered file beside what its host has, without a secret on either side. */
  compareFiles(site: Site): Promise<readonly FileComparison[]>;
  /** Hosts that a promotion could make primary now, best first. Observes the site. */
  targets(site: Site, operation: string): Promise<readonly TargetChoice[]>;
  /** Closes connections; the next call opens them again. */
  disconnect(): Promise<void>;
}

export interface UnfinishedRun {
  readonly runId: string;
  readonly title: string;
  readonly detail: string;
  /** Only its hosts tell of it: it is adopted by the site's name before it can be resumed. */
  readonly site?: string;
}

/** One operation as its journal tells it. */
export interface PastRun {
  readonly runId: string;
  readonly title: string;
  /** Absent while it runs, and after a crash. */
  readonly end: RunEnd | undefined;
  /** This window runs it now. What another process does with it nobody here knows. */
  readonly running: boolean;
  readonly summary: string;
  readonly next: string;
  readonly startedAtMs: number;
}

/** What an operator says beyond site and target. */
export interface OperatorTold {
  /** How the operation is done; default: planned. */
  readonly mode?: string;
  /** What he knows and no host can tell, in his own words, by kind. */
  readonly attested?: Readonly<Record<string, string>>;
}

/** Opens the runbook page: the plan with its evidence, then its run. */
export interface RunbookLauncher {
  launch(
    site: Site,
    operation: string,
    target: string,
    choices?: PlanChoices,
    told?: OperatorTold,
  ): Promise<void>;
  /** The newest first. */
  runs(): Promise<readonly PastRun[]>;
  unfinished(): Promise<readonly UnfinishedRun[]>;
  /** Asks the hosts for operations that were begun on other machines. A site that can't be asked tells of none. */
  unfinishedElsewhere(sites: readonly Site[]): Promise<readonly UnfinishedRun[]>;
  resume(runId: string): Promise<void>;
  /** Opens a run of a journal at its first moment. Asks no host. */
  replay(runId: string): Promise<void>;
  /** What happened in a run, Markdown. */
  report(runId: string): Promise<string>;
  /** Takes what the hosts of a site tell into this machine's journals, and opens it. Nothing is changed by that. */
  adopt(site: string): Promise<void>;
  /** Why no drill can begin now; empty where one can. */
  drillObstacle(site: Site): Promise<string>;
  /** Promotes there and back, a page for each promotion. Resolves to the report, Markdown. */
  drill(site: Site, rounds: number): Promise<string>;
  /** The drills of a site, the newest first, Markdown; empty where there was none. */
  drillHistory(site: Site): Promise<string>;
}
