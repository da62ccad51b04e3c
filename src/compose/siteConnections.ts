import { createSqlSessions, type SqlSessions } from '../adapters/mysql/sessions';
import { createHostSessions, type HostSessionsOptions, type SshHostSessions } from '../adapters/ssh/sessions';
import type { Site } from '../core/inventory/site';
import { type HostAccess, requireAccess } from '../core/operate/hostAccess';
import type { ResolvedSite } from '../core/schemes/registry';

export interface Connections {
  readonly sessions: SshHostSessions;
  readonly sql: SqlSessions;
}

/** Connections that stay open until whoever holds them lets go. */
export interface HeldConnections extends Connections {
  /** May be called twice. */
  release(): void;
}

interface Kept extends Connections {
  /** What the connections rest on. */
  readonly definition: string;
  readonly name: string;
  holders: number;
}

/**
 * Kept connections, one set for each definition of a site. The set that was used last stays open, so that the next look is
 * quick. One of an older definition lives as long as somebody holds it: a run goes on over the connections that it began with,
 * whatever is saved in the inventory meanwhile.
 * Whatever reaches a host gets its way there from here: this is the one gate of `access`.
 */
export class SiteConnections {
  private readonly kept = new Map<string, Kept>();
  /** By the site's name. */
  private readonly latest = new Map<string, Kept>();

  constructor(
    private readonly options: () => HostSessionsOptions,
    readonly access: HostAccess,
  ) {}

  /**
   * @param site from the inventory's reader: it gives resolved sites only.
   * @throws OperatorError where hosts may not be contacted
   */
  hold(site: Site): HeldConnections {
    requireAccess(this.access);
    const kept = this.latestOf(site);
    kept.holders += 1;
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      kept.holders -= 1;
      this.closeUnused(kept);
    };
    return { sessions: kept.sessions, sql: kept.sql, release };
  }

  /** Holds them while `work` is under way. */
  async use<T>(site: Site, work: (connections: Connections) => Promise<T>): Promise<T> {
    const held = this.hold(site);
    try {
      return await work(held);
    } finally {
      held.release();
    }
  }

  /** All of them, also those that are held. */
  async close(): Promise<void> {
    const all = [...this.kept.values()];
    this.kept.clear();
    this.latest.clear();
    await Promise.all(all.map(closeBoth));
  }

  private latestOf(site: Site): Kept {
    const { name, hosts, mysql } = site as ResolvedSite;
    const options = this.options();
    const definition = JSON.stringify([name, hosts, mysql, options.sshConfigFile]);
    const before = this.latest.get(name);
    if (before?.definition === definition) return before;
    const next = this.kept.get(definition) ?? this.opened(site as ResolvedSite, definition, options);
    this.latest.set(name, next);
    if (before !== undefined) this.closeUnused(before);
    return next;
  }

  /** Connects nothing yet: that is done on first use. */
  private opened(site: ResolvedSite, definition: string, options: HostSessionsOptions): Kept {
    const sessions = createHostSessions(site.hosts, options);
    const sql = createSqlSessions(sessions, site.mysql, options);
    const kept = { definition, name: site.name, sessions, sql, holders: 0 };
    this.kept.set(definition, kept);
    return kept;
  }

  private closeUnused(one: Kept): void {
    if (one.holders > 0 || this.latest.get(one.name) === one || this.kept.get(one.definition) !== one) return;
    this.kept.delete(one.definition);
    void closeBoth(one);
  }
}

async function closeBoth({ sql, sessions }: Connections): Promise<void> {
  await sql.close();
  await sessions.close();
}
