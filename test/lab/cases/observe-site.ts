import { readFile } from 'node:fs/promises';
import { systemClock } from '../../../src/adapters/clock';
import { createSqlSessions, type MysqlAccess, type SqlSessions } from '../../../src/adapters/mysql/sessions';
import { observeSite } from '../../../src/adapters/probe/observe';
import { environmentSecrets } from '../../../src/adapters/secrets-env';
import {
  createHostSessions,
  type HostSessionsOptions,
  type SshHostSessions,
} from '../../../src/adapters/ssh/sessions';
import { parseInventory } from '../../../src/core/inventory/parse';
import type { SiteHost } from '../../../src/core/inventory/site';
import type { HostObservation } from '../../../src/core/observe/host';
import type { Log } from '../../../src/core/ports';
import { schemeOf, type ResolvedSite } from '../../../src/core/schemes/registry';
import type { Lab } from '../lab';
import type { HostName } from '../site';

/** Keeps what was logged, so that a test can look for what must not be in it. */
export class MemoryLog implements Log {
  readonly lines: string[] = [];
  debug = (message: string) => void this.lines.push(message);
  info = (message: string) => void this.lines.push(message);
  warn = (message: string) => void this.lines.push(message);
  error = (message: string) => void this.lines.push(message);
}

export interface Connections {
  readonly site: ResolvedSite;
  readonly sessions: SshHostSessions;
  readonly sql: SqlSessions;
  readonly log: MemoryLog;
  observe(): Promise<Readonly<Record<HostName, HostObservation>>>;
  close(): Promise<void>;
}

export interface Choices {
  /** ssh user of the inventory. */
  readonly user?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly ssh?: Partial<HostSessionsOptions>;
  readonly mysql?: Partial<MysqlAccess>;
  /** Replaces hosts, to give one other ssh settings. */
  readonly hosts?: (hosts: readonly SiteHost[]) => readonly SiteHost[];
}

/** The lab's own inventory, read by the product, and the product's connections to its hosts. */
export async function connectSite(lab: Lab, choices: Choices = {}): Promise<Connections> {
  const file = await lab.inventoryFile(undefined, choices.user);
  const [site] = parseInventory(file, await readFile(file, 'utf8')).sites;
  if (site === undefined) throw new Error(`${file} holds no site`);
  const log = new MemoryLog();
  const secrets = environmentSecrets(choices.env ?? {});
  const hosts = choices.hosts?.(site.hosts) ?? site.hosts;
  const sessions = createHostSessions(hosts, {
    sshConfigFile: lab.operator.sshConfigFile,
    secrets,
    log,
    clock: systemClock,
    env: {},
    ...choices.ssh,
  });
  const { socket, port, admin } = { ...site.mysql, ...choices.mysql };
  const sql = createSqlSessions(sessions, { socket, port, admin }, { secrets, log });
  return {
    site,
    sessions,
    sql,
    log,
    observe: async () => {
      const observation = await observeSite(site.name, schemeOf(site).probes(site), {
        sessions,
        sql,
        clock: systemClock,
      });
      return observation.hosts as Record<HostName, HostObservation>;
    },
    close: async () => {
      await sql.close();
      await sessions.close();
    },
  };
}
