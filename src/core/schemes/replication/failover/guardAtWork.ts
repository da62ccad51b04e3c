import type { PromoteContext } from '../operation/context';
import { lastHeard } from './lastHeard';
import type { Life } from './life';
import { ASKED } from './questions';

/**
 * How much longer than replication a guard may have been silent. It asks every 2 s; a question that waits 3 s for its answer and
 * a lock that another holds for 2 s may come between (guard.sh), and twice in a row is unlucky.
 */
const GUARD_BEHIND_SECONDS = 10;

/** The other way round: MySQL's own heartbeat period is 30 s, and a large transaction is no word before it is whole. */
const WORD_BEHIND_SECONDS = 60;

/** A clock that is set by more than this between the two moments makes them incomparable. A clock that is slewed stays within. */
const CLOCK_STEP_SECONDS = 5;

type Parts = Pick<PromoteContext, 'source' | 'target' | 'answers'> & { readonly life: Life };

/**
 * Why it can't be said that the old primary's guard was at work until that host was cut off; undefined: it can. A guard that was
 * stopped an hour before closes nothing, however long one waits. Its questions go the same way as replication: a host that is cut
 * off falls silent in both at once. Both moments are the target's: when the guard asked last by its uptime, when the last word
 * came by its wall clock, and whether that one was set since. The witness may have heard the guard later; then that counts.
 * What is not known is a reason, too: a target that was booted since has forgotten both.
 */
export function whyNotAtWork({ source, target, answers, life }: Parts): string | undefined {
  const guard = `the guard of ${source.name}`;
  const ages = life.places.flatMap(({ guardAskedSecondsAgo }) => guardAskedSecondsAgo ?? []);
  if (ages.length === 0) return `nobody remembers that ${guard} was at work`;
  const atTarget = life.places.find(({ from }) => from === target.name);
  if (atTarget?.clock === undefined) {
    return `${target.name} does not remember when ${guard} asked it last: nothing tells that it was at work until ${source.name} was cut off`;
  }
  const { nowMs, setBySeconds } = atTarget.clock;
  if (Math.abs(setBySeconds) > CLOCK_STEP_SECONDS) {
    return `the clock of ${target.name} was set by ${setBySeconds} s since ${guard} asked last: it can't be told whether it was at work until ${source.name} was cut off`;
  }
  const received = answers[ASKED.received];
  const heard = received?.answered === true ? lastHeard({ answers }, received.stdout) : undefined;
  if (heard === undefined || heard.wordAtMs === 0) {
    return `${target.name} does not know when it last received anything from ${source.name}: nothing tells that its guard was at work until it was cut off`;
  }
  const behind = Math.round((heard.wordAtMs - nowMs) / 1000 + Math.min(...ages));
  if (behind > GUARD_BEHIND_SECONDS) {
    return `${guard} asked last ${behind} s before ${target.name} last received anything from ${source.name}: it was not at work when that host was cut off, and may close nothing`;
  }
  if (-behind > WORD_BEHIND_SECONDS) {
    return `${target.name} last received something from ${source.name} ${-behind} s before ${guard} asked last: nothing tells whether that guard was at work until its host was cut off`;
  }
  return undefined;
}
