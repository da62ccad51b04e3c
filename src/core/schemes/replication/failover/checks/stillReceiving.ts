import { type Check, needAnswer, passed, UnknownFact, verdict } from '../../operation/check';
import { type EmergencyContext, followsNobody, sourceHeld } from '../context';
import { ASKED } from '../questions';
import { samplesOf } from '../received';

/** Replication status says Yes for a minute after a death (measured); only what arrives between two looks is a proof of life. */
export const stillReceiving: Check<EmergencyContext> = {
  id: 'still-receiving',
  title: 'Nothing arrives from the old primary any more',
  level: 'block',
  run(context) {
    const { source, target } = context;
    if (context.mode === 'half-way' && sourceHeld(context)) {
      return passed(`${source.name} is held closed: what still arrives is what it had`);
    }
    if (followsNobody(context)) return passed(`${target.name} has no replication channel`);
    const samples = samplesOf(needAnswer(context, ASKED.received, target.name));
    if (samples === undefined) {
      throw new UnknownFact(`${target.name}: what it receives could not be read twice (is there a channel?)`);
    }
    const [first, second] = samples;
    const against: string[] = [];
    if (second.received !== first.received) against.push(`transactions arrive: ${second.lastTransaction}`);
    if (second.heartbeatAtMs > first.heartbeatAtMs) against.push('heartbeats arrive');
    if (against.length === 0) {
      return passed(`nothing arrived at ${target.name} within ${Math.round(second.atMs - first.atMs)} ms`);
    }
    return verdict(
      against.map((line) => `${target.name}: ${line}`),
      `${source.name} lives, and ${target.name} hears it: promote as planned, or find out why you cannot reach it.`,
      [],
    );
  },
};
