import { type Check, needAnswer, UnknownFact, type Verdict, verdict } from '../../operation/check';
import { type EmergencyContext, followsNobody } from '../context';
import { lastHeard } from '../lastHeard';
import { lastCommittedMs } from '../lastTransaction';
import { ASKED } from '../questions';

const SECONDS = 1000;

/** What the operator types who opens a controller that has followed nobody. */
export function withoutDataPhrase(source: string): string {
  return `without the data of ${source}`;
}

/** All that the dead one took since the target followed it last: more than seconds, so more than a reason is asked for. */
function withoutChannel(context: EmergencyContext): Verdict {
  const { source, target } = context;
  const answer = context.answers[ASKED.lastTransaction];
  // Unanswered (large binary logs): the sentence is typed all the same.
  const committedMs = answer?.answered === true ? lastCommittedMs(answer.stdout) : 0;
  const phrase = withoutDataPhrase(source.name);
  return {
    outcome: 'fired',
    phrase,
    evidence: [
      `${target.name} follows nobody: everything that ${source.name} acknowledged since it was followed last is not here`,
      committedMs === 0
        ? `the last transaction of another server that ${target.name} holds was not found in its newest binary logs: the loss has no bound`
        : `the last transaction of another server that ${target.name} holds was committed ${new Date(committedMs).toISOString()}`,
    ],
    remedy: `Where the disk of ${source.name} can be saved, start that one instead. Otherwise type "${phrase}" to go on with what ${target.name} has.`,
  };
}

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
    if (followsNobody(context)) return withoutChannel(context);
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
