import { createSqlSessions, type SqlSessions } from '../adapters/mysql/sessions';
import { createHostSessions, type HostSessionsOptions, type SshHostSessions } from '../adapters/ssh/sessions';
import type { Site } from '../core/inventory/site';
import { type HostAccess, requireAccess } from '../core/operate/hostAccess';
import type { ResolvedSite } from '../core/schemes/registry';

export interface Connections {
  readonly sessions: SshHostSessions;
  readonly sql: SqlSessions;
}

interface Kept extends Connections {
  /** What the connections rest on. */
  readonly definition: string;
}

/**
 * One set of kept connections a site. A site whose definition changed is connected anew. Whatever reaches a host gets its
 * way there from here: this is the one gate of `access`.
 */
export class SiteConnections {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly options: () => HostSessionsOptions,
    readonly access: HostAccess,
  ) {}

  /**
   * @param site from the inventory's reader: it gives resolved sites only.
   * @throws OperatorError where hosts may not be contacted
   */
  of(site: Site): Connections {
    requireAccess(this.access);
    const { hosts, mysql } = site as ResolvedSite;
    const options = this.options();
    const definition = JSON.stringify([hosts, mysql, options.sshConfigFile]);
    const before = this.kept.get(site.name);
    if (before?.definition === definition) {
      return before;
    }
    if (before) {
      void closeBoth(before);
    }
    const sessions = createHostSessions(hosts, options);
    const next = { definition, sessions, sql: createSqlSessions(sessions, mysql, options) };
    this.kept.set(site.name, next);
    return next;
  }

  async close(): Promise<void> {
    const all = [...this.kept.values()];
    this.kept.clear();
    await Promise.all(all.map(closeBoth));
  }
}

async function closeBoth({ sql, sessions }: Connections): Promise<void> {
  await sql.close();
  await sessions.close();
}
