import type * as z from 'zod/mini';
import type { FileComparison } from '../deploy/compare';
import type { Merge } from '../deploy/merge';
import type { RenderedFile } from '../deploy/renderedFile';
import type { Finding } from '../findings/finding';
import type { SiteEntry } from '../inventory/entry';
import type { Examined } from '../inventory/examine';
import type { AskedHosts, InventoryDraft } from '../inventory/fromHosts/asked';
import type { Site } from '../inventory/site';
import type { SiteObservation } from '../observe/host';
import type { PowerHook } from '../operate/hooks';
import type { Plan, UnfinishedRun } from '../plan/plan';
import type { TopologyNode } from '../topology/node';

export type { RenderedFile };

/** The product's own on-host files by name, as the build puts them into `dist/host`. */
export type HostAssets = Readonly<Record<string, string>>;

/** Where the probe has to look on one host, as data for the probe script. */
export interface HostProbe {
  readonly host: string;
  readonly kind: 'controller' | 'witness';
  readonly units: readonly string[];
  readonly vip: string;
  readonly configFiles: readonly string[];
  readonly lsyncdStatusFile: string;
  readonly cronFiles: readonly string[];
  readonly dataPaths: readonly string[];
  /** Files and folders that are copied between the controllers; empty: none is looked at. */
  readonly syncPaths: readonly string[];
}

/** A text of a site to read and to run by hand, beside the trees of its hosts. Secrets stand in it as their references. */
export interface SiteDocument {
  /** Its name in the site's folder: `replication.sql`. */
  readonly name: string;
  /** As of a rendered file: what it can be chosen by. */
  readonly group: string;
  readonly content: string;
}

export interface PlanRequest<S extends Site> {
  readonly site: S;
  readonly target: string;
  readonly mode: string;
  readonly observation: SiteObservation;
  readonly id: string;
  readonly operator: string;
  readonly nowMs: number;
  /** Names of secrets that can be resolved now. */
  readonly secretsAvailable: readonly string[];
  readonly unfinishedRuns: readonly UnfinishedRun[];
  /** What the operator says he knows and no host can tell, in his own words, by kind (`powered-off`). Kept with the plan. */
  readonly attested?: Readonly<Record<string, string>>;
  /** The operator's own command that switches a host off; absent where none is configured. Make steps of it by `powerOff`. */
  readonly powerHook?: PowerHook;
  /** Every rendered file beside what its host has, for an operation that `comparesFiles`. */
  readonly files?: readonly FileComparison[];
  /** What the operator chose beyond the target, by name (`files`: `HOST:PATH`). Absent: the operation's own choice. */
  readonly choices?: PlanChoices;
}

export type PlanChoices = Readonly<Record<string, readonly string[]>>;

/** The modes of an operation that declares none. */
export const PLANNED_ONLY: readonly [string] = ['planned'];

export interface Operation<S extends Site> {
  /** `promote`; a command and a CLI verb. */
  readonly id: string;
  readonly title: string;
  /** Nothing may hold it up: the operator's own commands run before it only where they name it. */
  readonly urgent?: true;
  /** Its plan needs the files of all hosts compared with what is rendered. */
  readonly comparesFiles?: true;
  /** Words for how it is done, the default first; absent: `PLANNED_ONLY`. Whoever takes a mode from outside refuses others. */
  readonly modes?: readonly [string, ...string[]];
  /**
   * Hosts that may be its target now, best first, with a reason for each that may not. The words are the same whatever was
   * observed, also of hosts that are not in the observation.
   */
  targets(
    site: S,
    observation: SiteObservation,
  ): readonly { readonly host: string; readonly label: string; readonly detail: string }[];
  /** Extra questions asked of the hosts, side by side, before `plan` (rsync dry run, logins): scripts by host and id. */
  questions(site: S, target: string, observation: SiteObservation, mode: string): readonly PlanQuestion[];
  /** Names of the secrets that a plan of this site may need. */
  secrets(site: S): readonly string[];
  /** Every fact a plan rests on, one a line: read again before the first change. */
  digest(site: S, observation: SiteObservation): string;
  plan(request: PlanRequest<S>, answers: Readonly<Record<string, QuestionAnswer>>): Plan;
}

export interface PlanQuestion {
  readonly id: string;
  readonly host: string;
  readonly script: string;
  /** Name of a secret whose value is the only line of standard input. */
  readonly secretLine?: string;
  readonly timeoutMs: number;
  /** Asks others over the network (logins, a dry run): may take seconds, and belongs to no figure of the local part. */
  readonly remote?: true;
  /**
   * Asked from the operator's machine instead of a host: whether this address answers. `script` is empty then. Standard
   * output is one line each: `icmp yes|no|unknown`, `PORT yes|refused|no`.
   */
  readonly reach?: { readonly address: string; readonly ports: readonly number[] };
}

export type QuestionAnswer =
  | { readonly answered: true; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly answered: false; readonly reason: string };

/** How hosts that no inventory names yet are asked, and what an inventory says of them. */
export interface HostReading<S extends Site> {
  /** A site that no inventory can have, to connect by. */
  site(asked: AskedHosts): S;
  /** The same where the first look found it elsewhere; undefined: it has told all there is. */
  again(asked: AskedHosts, seen: SiteObservation): S | undefined;
  probes(site: S): readonly HostProbe[];
  inventory(asked: AskedHosts, seen: SiteObservation): InventoryDraft;
}

/** One scheme. A new one is one folder and one line in the registry. */
export interface Scheme<S extends Site = Site> {
  readonly id: string;
  /** What one of its sites may hold in the YAML: validator, JSON Schema, completion and hover come from it. */
  readonly schema: z.ZodMiniType;
  /** Reads its sites: structural findings, the inventory's rules, and the sites that have no error. */
  examine(entries: readonly SiteEntry[]): Examined<S>;
  probes(site: S): readonly HostProbe[];
  /** Files that are assets of the product are left out where `assets` doesn't hold them. */
  files(site: S, assets?: HostAssets): readonly RenderedFile[];
  /** What belongs to a site and to no host's tree. */
  documents?(site: S): readonly SiteDocument[];
  /** How a rendered file meets what others wrote into the same file. */
  merge(site: S, file: RenderedFile): Merge;
  /** Findings from what the hosts are. The inventory's own rules run where the text is known. */
  findings(site: S, observation: SiteObservation): readonly Finding[];
  topology(site: S, observation: SiteObservation, findings: readonly Finding[]): TopologyNode;
  /** Absent where its hosts can't be read before there is an inventory. */
  readonly fromHosts?: HostReading<S>;
  readonly operations: readonly Operation<S>[];
}
