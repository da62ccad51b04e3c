import type { Clock } from '../ports';
import { HELPER_EXIT, isGuards, type LeaseCalls, type LeaseOnHost } from './leaseCalls';

export interface RaiseResult {
  readonly raised: readonly string[];
  /** Hosts that could not be asked, with the reason. */
  readonly away: ReadonlyMap<string, string>;
  /** Somebody else acts on this site now: this process must send nothing more. */
  readonly overtakenBy: string | undefined;
}

/** Says why the lease on file may not be taken over, or undefined where it may. */
export type MayOvertake = (lease: LeaseOnHost) => string | undefined;

export interface RaiseParts {
  /** In the order in which everybody raises them. */
  readonly hosts: readonly string[];
  readonly calls: LeaseCalls;
  readonly clock: Clock;
  readonly bringHelper: boolean;
  readonly highestToken: () => number;
  readonly mayOvertake: MayOvertake;
  readonly onRaised: (host: string, token: number, sentAtMs: number) => void;
}

type Trouble = { readonly kind: 'away' | 'overtaken'; readonly reason: string };

/** All hosts are asked side by side, then raised one after the other until somebody else is met. */
export async function raiseTokens(parts: RaiseParts): Promise<RaiseResult> {
  const raised: string[] = [];
  const away = new Map<string, string>();
  const found = await Promise.all(parts.hosts.map(async (host) => [host, await read(parts, host)] as const));
  for (const [, answer] of found) {
    if (answer.kind === 'overtaken') return { raised, away, overtakenBy: answer.reason };
  }
  for (const [host, answer] of found) {
    const result = answer.kind === 'may' ? await raiseOn(parts, host, answer.token) : answer;
    if (result.kind === 'overtaken') return { raised, away, overtakenBy: result.reason };
    if (result.kind === 'away') away.set(host, result.reason);
    else raised.push(host);
  }
  return { raised, away, overtakenBy: undefined };
}

/** Asks a host for the lease on file, and brings the helper where a boot has taken it away. */
async function read(
  { calls, bringHelper, highestToken, mayOvertake }: RaiseParts,
  host: string,
): Promise<{ readonly kind: 'may'; readonly token: number } | Trouble> {
  let status = await calls.status(host);
  if (!status.known && status.missing && bringHelper) {
    const problem = await calls.bring(host);
    if (problem !== undefined) return { kind: 'away', reason: problem };
    status = await calls.status(host);
  }
  if (!status.known) return { kind: 'away', reason: status.reason };
  const refusal = status.lease && !isGuards(status.lease) ? mayOvertake(status.lease) : undefined;
  if (refusal !== undefined) return { kind: 'overtaken', reason: refusal };
  return { kind: 'may', token: Math.max(status.lease?.token ?? 0, highestToken()) + 1 };
}

async function raiseOn(
  parts: RaiseParts,
  host: string,
  token: number,
): Promise<{ readonly kind: 'raised' } | Trouble> {
  const { calls, clock, onRaised } = parts;
  const sentAtMs = clock.monotonicMs();
  const reply = await calls.raise(host, token);
  if (!reply.answered) return { kind: 'away', reason: reply.error.message };
  const { exitCode, stderr } = reply.result;
  if (exitCode === 0) {
    onRaised(host, token, sentAtMs);
    return { kind: 'raised' };
  }
  if (exitCode === HELPER_EXIT.tokenStale) {
    // A guard that fences its host raises the lease as well: it is nobody who acts on this site. Nor is a raise of this
    // process that was taken for lost, and came late.
    const now = await calls.status(host);
    if (now.known && now.lease && (isGuards(now.lease) || calls.isOwn(now.lease))) {
      return raiseOn(parts, host, now.lease.token + 1);
    }
    return { kind: 'overtaken', reason: `Somebody else took the lease on ${host} at the same moment.` };
  }
  return { kind: 'away', reason: stderr.trim() || `the helper ended with ${exitCode}` };
}
