import type { Site } from '../../core/inventory/site';
import type { Clock, Log } from '../../core/ports';
import { errorSentence } from '../errors';
import type { SiteService, SiteState } from '../services';
import { remember, type SiteMemory } from '../tree/lastKnown';
import type { RefreshReason } from './refreshManager';

/** Where last known states survive a restart of the editor. */
export interface MemoryStore {
  get(site: string): SiteMemory | undefined;
  set(site: string, memory: SiteMemory): void;
}

/** One site as the window knows it. */
export interface SiteView {
  readonly site: Site;
  /** Undefined until it was observed in this window. */
  readonly current: SiteState | undefined;
  /** Why the last observation gave nothing at all; empty otherwise. */
  readonly problem: string;
  readonly memory: SiteMemory | undefined;
}

/** Observes the inventory's sites and remembers what was seen. Knows nothing of VS Code. */
export class SiteMonitor {
  private views: readonly SiteView[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly service: SiteService,
    private readonly memories: MemoryStore,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  all(): readonly SiteView[] {
    return this.views;
  }

  find(site: string): SiteView | undefined {
    return this.views.find((view) => view.site.name === site);
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** The inventory's sites now. A site whose definition changed has to be observed anew. */
  setSites(sites: readonly Site[]): void {
    this.views = sites.map((site) => {
      const before = this.find(site.name);
      const same = before !== undefined && JSON.stringify(before.site) === JSON.stringify(site);
      return same ? before : { site, current: undefined, problem: '', memory: this.memories.get(site.name) };
    });
    this.emit();
  }

  /** Asks every host of every site. Never rejects: what went wrong is in the views and in the log. */
  async observeAll(reason: RefreshReason): Promise<void> {
    await Promise.all(this.views.map((view) => this.observe(view.site, reason)));
  }

  private async observe(site: Site, reason: RefreshReason): Promise<void> {
    const started = this.clock.monotonicMs();
    try {
      const current = await this.service.observe(site);
      const memory = remember(this.find(site.name)?.memory, current.topology, current.atMs);
      const ms = Math.round(this.clock.monotonicMs() - started);
      this.log.debug(`${site.name}: observed in ${ms} ms (${reason}): ${current.topology.state}`);
      this.replace(site, { site, current, problem: '', memory });
      this.memories.set(site.name, memory);
    } catch (error) {
      this.log.warn(`${site.name}: could not be observed (${reason}): ${errorSentence(error)}`);
      const before = this.find(site.name);
      this.replace(site, { site, current: undefined, problem: errorSentence(error), memory: before?.memory });
    }
  }

  /** Only if the inventory still has this very site: an edit may have come in between. */
  private replace(site: Site, next: SiteView): void {
    if (this.find(site.name)?.site === site) {
      this.views = this.views.map((view) => (view.site === site ? next : view));
      this.emit();
    }
  }

  private emit(): void {
    for (const listener of this.listeners) {
      listener();
    }
  }
}
