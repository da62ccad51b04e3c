import { type Check, needAnswer, UnknownFact, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';
import { ASKED } from '../questions';
import { samplesOf } from '../received';

const SECONDS = 1000;

/**
 * Replication is asynchronous: what the old primary acknowledged after the last word that arrived is on its disk alone. The
 * bound is stated and acknowledged each time; an idle primary sends heartbeats, so the last one bounds it, too.
 */
export const lossBound: Check<EmergencyContext> = {
  id: 'loss-bound',
  title: 'How much may be lost is known and accepted',
  level: 'acknowledge',
  run(context) {
    const { source, target } = context;
    const samples = samplesOf(needAnswer(context, ASKED.received, target.name));
    if (samples === undefined) {
      throw new UnknownFact(`${target.name}: what it has received last could not be read`);
    }
    const [, last] = samples;
    const heardAtMs = Math.max(last.heartbeatAtMs, last.queuedAtMs);
    const seconds = Math.ceil((last.atMs - heardAtMs) / SECONDS);
    const time = (ms: number): string => new Date(ms).toISOString();
    const evidence =
      heardAtMs === 0
        ? [
            `${target.name} has heard nothing of ${source.name} since its replication started anew: the loss has no bound`,
          ]
        : [
            `at most ${seconds} s: what ${source.name} acknowledged after ${time(heardAtMs)}, when ${target.name} last heard it`,
          ];
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
