import type { ReplicationSite } from '../site';
import { createCloneUser, createReplicationUser } from './accounts';
import { cloneFrom } from './clone';
import { close, forgetPersisted, open } from './readOnly';
import { changeSource, startReplica } from './replication';
import type { Statement } from './statement';
import { seriesFor } from './version';

/** The SQL of a new site as a text to read. Secrets are named, never written. */
export function sqlDocument(site: ReplicationSite): string {
  const [primary, standby] = site.controllers;
  const series = seriesFor(site);
  const declared = site.mysql.version === undefined ? 'none declared: as for 9' : `declared: ${series}`;
  // A hardened server boots closed, and neither takes accounts nor a CLONE then (error 1290, measured).
  const opened = site.profile === 'hardened' ? [open()] : [];
  const parts: readonly (readonly [title: string, statements: readonly Statement[]])[] = [
    [
      `on ${primary.name}, the primary: accounts`,
      [...opened, createReplicationUser(site, series), createCloneUser(site)],
    ],
    [`on ${standby.name}: its data becomes that of ${primary.name}`, [...opened, cloneFrom(site, primary)]],
    [
      `on ${standby.name}, after its restart: closed, and replicating`,
      [forgetPersisted(), close(2), changeSource(site, primary), startReplica()],
    ],
  ];
  const head = `-- SQL of site ${site.name}, MySQL series ${declared}.\n-- Each part is for the host above it. A secret stands as its reference, which no server takes: by hand, put the quoted password there.\n`;
  return `${head}${parts.map(([title, statements]) => `\n-- ${title}\n${statements.map(({ sent }) => `${sent}\n`).join('')}`).join('')}`;
}
