import { type Check, needAnswer, UnknownFact, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';
import { lastHeard } from '../lastHeard';
import { ASKED } from '../questions';

const SECONDS = 1000;

/**
 * Replication is asynchronous: what the old primary acknowledged after the last word that arrived is on its disk alone. The
 * bound is stated and acknowledged each time; an idle primary sends heartbeats, so the last one bounds it, too. Where MySQL
 * has forgotten them, the last transaction held does.
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
    const { last, wordAtMs, heardAtMs } = heard;
    const when =
      heardAtMs === wordAtMs
        ? `when ${target.name} last heard it`
        : `when the last transaction that ${target.name} holds of it was committed`;
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
