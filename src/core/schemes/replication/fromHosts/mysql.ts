import { PATTERNS } from '../../../inventory/allow';
import { InventoryLines, scalar } from '../../../inventory/fromHosts/lines';
import type { Profile } from '../site';
import type { ReadHost } from './hosts';

/** The block `mysql`, where something differs from its defaults. The version is observed whenever it is needed. */
export function mysqlLines(hosts: readonly ReadHost[], profile: Profile | undefined): InventoryLines {
  const lines = new InventoryLines();
  const replicas = hosts.flatMap(({ asked, seen }) =>
    seen?.mysql.known === true && seen.mysql.value.replica !== undefined
      ? [{ name: asked.name, replica: seen.mysql.value.replica }]
      : [],
  );
  const names = hosts.flatMap(({ asked }) => [asked.name, asked.address]);
  for (const { name, replica } of replicas) {
    if (!names.includes(replica.sourceHost)) {
      lines.doubt(3, `${name} replicates from ${replica.sourceHost}, which is neither of the two`);
    }
  }
  const first = replicas[0]?.replica;
  if (first === undefined) {
    lines.note(3, 'Assumed: account repl and port 3306. No replication was seen that names others.');
  } else {
    if (first.sourcePort !== 3306) lines.add(3, `port: ${first.sourcePort}`);
    if (!PATTERNS.sqlUser.test(first.sourceUser)) {
      lines.todo(3, 'replicationUser', `the replica logs in as ${first.sourceUser}`);
    } else if (first.sourceUser !== 'repl') {
      lines.add(3, `replicationUser: { user: ${scalar(first.sourceUser)} }`);
    }
  }
  if (profile === 'documented') {
    lines.note(3, 'Assumed: replication without TLS, as documented. Where it has TLS: tls: true');
  }
  return lines;
}
