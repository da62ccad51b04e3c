import * as vscode from 'vscode';
import type { Finding } from '../../core/findings/finding';
import type { Site } from '../../core/inventory/site';
import type { Log } from '../../core/ports';
import type { InventoryDocument, InventoryReader, NamedSite } from '../services';
import { InventoryFiles } from './files';

export type InventoryHealth = 'none' | 'invalid' | 'valid';

export interface InventoryState {
  /** Of what is saved. */
  readonly health: InventoryHealth;
  /** As in the editors, also those that were never saved. */
  readonly documents: readonly InventoryDocument[];
  /** Of the saved texts: half-typed addresses are never connected to. The same list again while they say the same. */
  readonly sites: readonly Site[];
  /** All that have a name in what is saved or in the editors, usable or not. */
  readonly named: readonly NamedSite[];
  /** Of the texts as they stand in the editors. */
  readonly findings: readonly Finding[];
}

const EMPTY: InventoryState = { health: 'none', documents: [], sites: [], named: [], findings: [] };

/** After the last key: diagnostics follow typing without running on each letter. */
const DEBOUNCE_MS = 120;

/** What the inventories of the workspace say, kept up to date. */
export class InventoryStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<InventoryState>();
  private readonly files = new InventoryFiles();
  private readonly subscription: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  private latest = 0;
  private current = EMPTY;
  private reading: Promise<unknown> = Promise.resolve();

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly reader: () => Promise<InventoryReader>,
    private readonly log: Log,
  ) {
    this.subscription = this.files.onDidChange(() => this.schedule());
  }

  get state(): InventoryState {
    return this.current;
  }

  /** Reads everything now. Overtaken by a later call it changes nothing. */
  read(): Promise<InventoryState> {
    clearTimeout(this.timer);
    const reading = this.readAll();
    this.reading = reading.catch(() => undefined);
    return reading;
  }

  /** Resolves when the reading that is under way, if any, has ended. */
  async settled(): Promise<void> {
    await this.reading;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
    this.files.dispose();
    this.changed.dispose();
  }

  private async readAll(): Promise<InventoryState> {
    const turn = ++this.latest;
    const saved = await this.files.saved(await this.files.find());
    const edited = [...this.files.edited(saved), ...this.files.drafts(saved)];
    const state = edited.length === 0 ? EMPTY : await this.judge(saved, edited);
    if (turn === this.latest) {
      this.current = state;
      this.changed.fire(state);
    }
    return state;
  }

  private async judge(
    saved: readonly InventoryDocument[],
    edited: readonly InventoryDocument[],
  ): Promise<InventoryState> {
    const reader = await this.reader();
    const shown = await reader.read(edited);
    const same =
      saved.length === edited.length && saved.every(({ text }, index) => text === edited[index]?.text);
    const read = same ? shown : await reader.read(saved);
    // The same list while the same is saved: hosts are not asked because somebody types.
    const sites = sameSites(read.sites, this.current.sites) ? this.current.sites : read.sites;
    const health = saved.length === 0 ? 'none' : sites.length > 0 ? 'valid' : 'invalid';
    const named = same ? shown.named : withoutDoubles([...read.named, ...shown.named]);
    return { health, documents: edited, sites, named, findings: shown.findings };
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.read().catch((error: unknown) => this.log.error(`inventory: ${String(error)}`));
    }, DEBOUNCE_MS);
  }
}

function withoutDoubles(named: readonly NamedSite[]): NamedSite[] {
  return [...new Map(named.map((one) => [JSON.stringify([one.file, one.name]), one])).values()];
}

function sameSites(one: readonly Site[], other: readonly Site[]): boolean {
  return one.length === other.length && one.every((site, index) => site === other[index]);
}
