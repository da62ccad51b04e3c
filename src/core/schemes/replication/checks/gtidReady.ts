import { type MysqlState } from '../../../observe/mysql';
import { sourceAsked } from '../operation/context';
import { type Check, need, verdict } from '../operation/check';

/** Settings without which nobody could follow this host. */
export function notReady(host: string, mysql: MysqlState): string[] {
  const wanted: [string, string, boolean][] = [
    ['gtid_mode', mysql.gtidMode, mysql.gtidMode === 'ON'],
    ['enforce_gtid_consistency', mysql.enforceGtidConsistency, mysql.enforceGtidConsistency === 'ON'],
    ['log_bin', mysql.logBin ? 'ON' : 'OFF', mysql.logBin],
    ['log_replica_updates', mysql.logReplicaUpdates ? 'ON' : 'OFF', mysql.logReplicaUpdates],
  ];
  return wanted.filter(([, , good]) => !good).map(([name, value]) => `${host}: ${name} is ${value}`);
}

/** GTIDs on both, auto position, and a source that is the primary: without them the way back needs a CLONE. */
export const gtidReady: Check = {
  id: 'gtid-ready',
  title: 'GTID replication by auto position, from the primary',
  level: 'block',
  run(context) {
    const { seen, source, target, site } = context;
    const a = sourceAsked(context) ? need(seen.source.mysql, source.name, 'MySQL') : undefined;
    const b = need(seen.target.mysql, target.name, 'MySQL');
    const against = [...(a === undefined ? [] : notReady(source.name, a)), ...notReady(target.name, b)];
    const replica = b.replica;
    if (replica === undefined) {
      against.push(`${target.name} has no replication channel`);
    } else {
      if (!replica.autoPosition) {
        against.push(`${target.name} replicates by file and position`);
      }
      const named = [source.name, source.address, site.vip].includes(replica.sourceHost);
      // After a connection has stood once, the server's own UUID is the better witness than a host name.
      const known = a !== undefined && replica.sourceUuid !== '';
      if (known ? replica.sourceUuid !== a.serverUuid : !named) {
        against.push(
          `${target.name} replicates from ${replica.sourceHost} (${replica.sourceUuid}), not from ${source.name}`,
        );
      }
    }
    return verdict(against, 'Set up replication as the documentation says, with SOURCE_AUTO_POSITION = 1.', [
      `${target.name} replicates from ${source.name} by auto position`,
    ]);
  },
};
