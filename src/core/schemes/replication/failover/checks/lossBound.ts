import { type Check, needAnswer, UnknownFact, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';
import { lastHeard } from '../lastHeard';
import { ASKED } from '../questions';

const SECONDS = 1000;

/**
 * Replication is asynchronous: what the old primary acknowledged after what has arrived is on its disk alone. The bound is
 * stated and acknowledged each time: the commit of the last transaction received, or the last heartbeat of a primary that had
 * nothing else to send. Where MySQL has forgotten them, the last transaction held is the bound.
 */
export const lossBound: Check<EmergencyContext> = {
  id: 'loss-bound',
  title: 'How much may be lost is known and accepted',
  level: 'acknowledge',
  run(context) {
    const { source, target } = context;
    const heard = lastHeard(context, needAnswer(context, ASKED.received, target.name));
    if (heard === undefined) {
      throw new UnknownFact(`${target.name}: what it has received last could not be read`);
    }
    const { last, heardAtMs, by } = heard;
    const when = {
      heartbeat: `when ${target.name} last heard it`,
      received: `when the last transaction that ${target.name} received was committed there`,
      held: `when the last transaction that ${target.name} holds of it was committed`,
    }[by];
    // The two clocks may differ.
    const seconds = Math.max(Math.ceil((last.atMs - heardAtMs) / SECONDS), 1);
    const time = (ms: number): string => new Date(ms).toISOString();
    const evidence =
      heardAtMs === 0
        ? [
            `${target.name} has heard nothing of ${source.name} since its replication started anew, and holds no transaction of it: the loss has no bound`,
          ]
        : [`at most ${seconds} s: what ${source.name} acknowledged after ${time(heardAtMs)}, ${when}`];
    if (last.lastTransaction !== '') {
      evidence.push(
        `last transaction received: ${last.lastTransaction}, committed ${time(last.committedAtMs)}`,
      );
    }
    return verdict(
      evidence,
      `If ${source.name} died later than it fell silent, that time counts, too. Its binary logs stay on its disk: preparing it as a secondary shows what was lost.`,
      [],
    );
  },
};
