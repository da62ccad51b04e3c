import type { ReplicaState } from '../../../observe/mysql';
import { shownFacts } from '../../../topology/facts';
import type { TopologyNode } from '../../../topology/node';
import { readGtids } from '../state/gtids';
import { countTransactions } from '../../../gtid/set';
import { replicaOf, seconds } from '../state/rule';
import type { ControllerView } from '../state/view';
import { partNode } from './context';
import type { TopologyContext } from './context';

/** The replication channel; undefined where there is none, or where MySQL could not be read. */
export function replicationNode(
  context: TopologyContext,
  controller: ControllerView,
): TopologyNode | undefined {
  const replica = replicaOf(controller);
  if (replica === undefined) return undefined;
  const runs = replica.ioRunning === 'Yes' && replica.sqlRunning === 'Yes';
  return partNode(context, controller, {
    kind: 'replication',
    label: `Replica of ${replica.sourceHost}`,
    description: runs ? `${lagText(replica)} · heard ${heardText(replica)}` : threadsText(replica),
    state: runs ? 'healthy' : 'error',
    facts: shownFacts('Replication', controller.seen.mysql, () => [
      ['Threads', threadsText(replica)],
      ['Behind source', lagText(replica)],
      ['Last heartbeat or event', heardText(replica)],
      ['Source', `${replica.sourceHost}:${replica.sourcePort} · ${replica.sourceUuid}`],
      ['Auto position', replica.autoPosition ? 'on' : 'off'],
      ['Received, not applied', unappliedText(replica)],
      ...[replica.ioError, replica.sqlError, ...replica.workerErrors]
        .filter((text) => text !== '')
        .map((text) => ['Error', text] as const),
    ]),
  });
}

function threadsText({ ioRunning, sqlRunning }: ReplicaState): string {
  return `IO ${ioRunning}, SQL ${sqlRunning}`;
}

/** The server says NULL when a thread is stopped. */
function lagText({ secondsBehindSource }: ReplicaState): string {
  return secondsBehindSource === null ? 'lag unknown' : `${secondsBehindSource} s behind`;
}

function heardText({ heartbeatAgeMs }: ReplicaState): string {
  return heartbeatAgeMs === null ? 'never' : `${seconds(heartbeatAgeMs)} ago`;
}

function unappliedText({ unapplied }: ReplicaState): string {
  const set = readGtids(unapplied);
  if (set === undefined) return 'unreadable';
  return set.size === 0 ? 'none' : `${countTransactions(set)} transactions`;
}
