import type { EmergencyContext } from './context';
import { lastCommittedMs } from './lastTransaction';
import { ASKED } from './questions';
import { type ReceivedSample, samplesOf } from './received';

/** When the target heard the old primary last, as it told when the plan was made. */
export interface LastHeard {
  readonly last: ReceivedSample;
  /** The later one of its last word and of the last transaction held; 0: neither is known. */
  readonly heardAtMs: number;
  /** The last word that arrived (heartbeat or transaction), by the target's clock; 0: MySQL has forgotten it. */
  readonly wordAtMs: number;
}

/** @param received answer to the question for the channel's samples. @returns undefined where there are not two. */
export function lastHeard(
  { answers }: Pick<EmergencyContext, 'answers'>,
  received: string,
): LastHeard | undefined {
  const samples = samplesOf(received);
  if (samples === undefined) return undefined;
  const [, last] = samples;
  const answer = answers[ASKED.lastTransaction];
  const committedMs = answer?.answered === true ? lastCommittedMs(answer.stdout) : 0;
  const wordAtMs = Math.max(last.heartbeatAtMs, last.queuedAtMs);
  // Each of the two is a bound by itself: the later one says more.
  return { last, wordAtMs, heardAtMs: Math.max(wordAtMs, committedMs) };
}

/** By what the outage began, before anybody planned anything, and how long before, as far as the target can tell. */
export function outageBegan(context: EmergencyContext): string {
  const { source, target, mode, answers } = context;
  const death = `with the death of ${mode === 'half-way' ? 'MySQL on ' : ''}${source.name}, before this run`;
  const answer = answers[ASKED.received];
  const heard = answer?.answered === true ? lastHeard(context, answer.stdout) : undefined;
  if (heard === undefined || heard.heardAtMs === 0) return `${death}; when is not known`;
  const { heardAtMs, last, wordAtMs } = heard;
  const at = `${new Date(heardAtMs).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
  // Another server's clock told when it was committed: only the moment is said.
  if (heardAtMs !== wordAtMs)
    return `${death}; the last transaction that ${target.name} has of it is of ${at}`;
  const seconds = Math.max(Math.round((last.atMs - heardAtMs) / 1000), 0);
  return `${death}; ${target.name} heard it last at ${at}, ${seconds} s before this was planned`;
}
