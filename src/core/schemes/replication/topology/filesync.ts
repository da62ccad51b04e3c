import { shownFact, shownFacts } from '../../../topology/facts';
import type { TopologyNode } from '../../../topology/node';
import type { ControllerView } from '../state/view';
import { partNode } from './context';
import type { TopologyContext } from './context';

/** lsyncd: runs on the primary, rests on the standby. */
export function filesyncNode(context: TopologyContext, controller: ControllerView): TopologyNode {
  const { lsyncd, files } = controller.seen;
  const running = lsyncd.known && lsyncd.value.running;
  const targets = lsyncd.known ? lsyncd.value.targets.join(', ') : '';
  return partNode(context, controller, {
    kind: 'filesync',
    label: 'File sync',
    description: !lsyncd.known ? 'unknown' : running ? `to ${targets || 'nobody'}` : 'stopped',
    state: !lsyncd.known ? 'unknown' : running ? 'healthy' : 'inactive',
    facts: [
      ...shownFacts('lsyncd', lsyncd, (value) => [
        ['lsyncd', value.running ? 'running' : 'stopped'],
        ['Targets', targets || 'none'],
        ['Delays', value.delays === undefined ? 'no report' : String(value.delays)],
        ['Last report', timeText(value.reportedAtMs)],
      ]),
      ...(files === undefined
        ? []
        : [
            shownFact(
              'Copied files',
              files,
              (seen) => `${seen.count}, newest of ${timeText(seen.newestAtMs)}`,
            ),
          ]),
    ],
  });
}

function timeText(ms: number | undefined): string {
  return ms === undefined || ms === 0 ? 'none' : new Date(ms).toISOString();
}
