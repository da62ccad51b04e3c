import { countTransactions } from '../../../gtid/set';
import type { MysqlState } from '../../../observe/mysql';
import { shownFacts } from '../../../topology/facts';
import type { TopologyNode } from '../../../topology/node';
import { readGtids } from '../state/gtids';
import type { ControllerView } from '../state/view';
import { partNode } from './context';
import type { TopologyContext } from './context';
import { replicationNode } from './replication';

/** The controller's MySQL, with its replication below it. */
export function databaseNode(context: TopologyContext, controller: ControllerView): TopologyNode {
  const { mysql } = controller.seen;
  const replication = replicationNode(context, controller);
  return partNode(context, controller, {
    kind: 'database',
    label: 'MySQL',
    description: mysql.known ? `${accessText(mysql.value)} · ${mysql.value.version}` : 'unknown',
    state: mysql.known ? 'healthy' : 'unknown',
    facts: shownFacts('MySQL', mysql, (value) => [
      ['Access', accessText(value)],
      ['Version', value.version],
      ['GTID executed', gtidText(value.gtidExecuted)],
      ['GTID purged', gtidText(value.gtidPurged)],
      ['Server id', `${value.serverId} · ${value.serverUuid}`],
      ['Persisted read-only', persistedText(value)],
    ]),
    children: replication === undefined ? [] : [replication],
    tokens: mysql.known ? [mysql.value.superReadOnly || mysql.value.readOnly ? 'readOnly' : 'writable'] : [],
  });
}

function accessText({ readOnly, superReadOnly }: MysqlState): string {
  if (superReadOnly) return 'read-only';
  return readOnly ? 'read-only, but not for privileged accounts' : 'writable';
}

function gtidText(text: string): string {
  const set = readGtids(text);
  if (set === undefined) return `unreadable: ${text.slice(0, 60)}`;
  return set.size === 0 ? 'none' : `${text} (${countTransactions(set)} transactions)`;
}

function persistedText({ persisted }: MysqlState): string {
  const shown = ['super_read_only', 'read_only'].flatMap((name) =>
    persisted[name] === undefined ? [] : [`${name}=${persisted[name]}`],
  );
  return shown.length === 0 ? 'nothing' : shown.join(', ');
}
