import type { PromoteContext } from '../operation/context';
import { lastCommittedMs } from './lastTransaction';
import { ASKED } from './questions';
import { type ReceivedSample, samplesOf } from './received';

/** When the target heard the old primary last, as it told when the plan was made. */
export interface LastHeard {
  readonly last: ReceivedSample;
  /** Everything that was committed on the old primary before that has arrived; 0: nothing is known. */
  readonly heardAtMs: number;
  /** What says so: a heartbeat, the commit of the transaction received last, or of the last one held. */
  readonly by: 'heartbeat' | 'received' | 'held';
  /** The last word that arrived (heartbeat or transaction), by the target's clock: it lived then. 0: MySQL has forgotten it. */
  readonly wordAtMs: number;
}

/**
 * A source sends a heartbeat when it has nothing else to send, so that one says "all that was committed until now". But after
 * a reconnect by auto position it sends one, too, before the first transaction that it does not skip, with hours still to be
 * sent (sql/rpl_binlog_sender.cc, Binlog_sender::send_events). What arrived behind a heartbeat and had been committed before
 * it gives that away: then it is no bound. One behind which nothing whole has arrived can't be told from that of an idle source.
 */
function caughtUpAtMs({ heartbeatAtMs, queuedAtMs, committedAtMs }: ReceivedSample): number {
  const backlog = queuedAtMs > heartbeatAtMs && committedAtMs < heartbeatAtMs;
  return backlog ? 0 : heartbeatAtMs;
}

/** @param received answer to the question for the channel's samples. @returns undefined where there are not two. */
export function lastHeard(
  { answers }: Pick<PromoteContext, 'answers'>,
  received: string,
): LastHeard | undefined {
  const samples = samplesOf(received);
  if (samples === undefined) return undefined;
  const [, last] = samples;
  const answer = answers[ASKED.lastTransaction];
  const committedMs = answer?.answered === true ? lastCommittedMs(answer.stdout) : 0;
  // Each is a bound by itself: the latest says most. When a transaction ARRIVED is none: a standby that was catching up got
  // this minute what was committed an hour ago, and lacks all that was committed since.
  const caughtUp = caughtUpAtMs(last);
  const heardAtMs = Math.max(caughtUp, last.committedAtMs, committedMs);
  const by = heardAtMs === caughtUp ? 'heartbeat' : heardAtMs === last.committedAtMs ? 'received' : 'held';
  return { last, heardAtMs, by, wordAtMs: Math.max(last.heartbeatAtMs, last.queuedAtMs) };
}

/** By what the outage began, before anybody planned anything, and how long before, as far as the target can tell. */
export function outageBegan(
  context: Pick<PromoteContext, 'source' | 'target' | 'answers'> & { readonly mode: string },
): string {
  const { source, target, mode, answers } = context;
  const death = `with the death of ${mode === 'half-way' ? 'MySQL on ' : ''}${source.name}, before this run`;
  const answer = answers[ASKED.received];
  const heard = answer?.answered === true ? lastHeard(context, answer.stdout) : undefined;
  if (heard === undefined || Math.max(heard.heardAtMs, heard.wordAtMs) === 0)
    return `${death}; when is not known`;
  const { heardAtMs, last, wordAtMs } = heard;
  const livedAtMs = Math.max(heardAtMs, wordAtMs);
  const at = `${new Date(livedAtMs).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
  // Another server's clock told when it was committed: only the moment is said.
  if (livedAtMs !== wordAtMs)
    return `${death}; the last transaction that ${target.name} has of it is of ${at}`;
  const seconds = Math.max(Math.round((last.atMs - livedAtMs) / 1000), 0);
  return `${death}; ${target.name} heard it last at ${at}, ${seconds} s before this was planned`;
}
