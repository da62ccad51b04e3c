import type { Clock } from '../ports';
import type { RunPolicy } from './deps';
import { guardRaised, HELPER_EXIT, type LeaseCalls } from './leaseCalls';
import { type MayOvertake, type RaiseResult, raiseTokens } from './leaseRaise';
import type { Reply } from './wire';

export type TakeResult = { readonly taken: true } | { readonly taken: false; readonly reason: string };

export interface LeaseListener {
  held(host: string, token: number): void;
  released(host: string): void;
  /** `overtaken`: another operation holds it. Otherwise half of its life has passed without a renewal. */
  lost(host: string, reason: string, overtaken: boolean): void;
}

/** What came of a take on one host. `reason` undefined: it has it. */
interface Taking {
  readonly reason: string | undefined;
  readonly perhapsHeld: boolean;
}

interface HeldLease {
  token: number;
  /** Monotonic time at which the last successful renewal was sent: the host counts from later on. */
  renewedAtMs: number;
  renewing: boolean;
  lostReported: boolean;
}

/**
 * The lease of one run on its hosts. All calls to the helpers carry a token; the hosts compare it. What stands here is
 * the other half: a process that slept or lost its network stops by itself, long before a host's lease ends.
 */
export class Lease {
  private readonly held = new Map<string, HeldLease>();
  private renewal: AbortController | undefined;
  private raising: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly hosts: readonly string[],
    private readonly calls: LeaseCalls,
    private readonly clock: Clock,
    private readonly policy: RunPolicy,
    private readonly bringHelper: boolean,
    /** Highest token that this run may have used: a process of it that slept since the beginning may still ask with it. */
    private readonly highestToken: () => number,
    private readonly listener: LeaseListener,
  ) {}

  tokenOf(host: string): number | undefined {
    return this.held.get(host)?.token;
  }

  /** Half a life has not yet passed since the last renewal. */
  aliveOn(host: string): boolean {
    const lease = this.held.get(host);
    return lease !== undefined && this.clock.monotonicMs() - lease.renewedAtMs < this.policy.leaseTtlMs / 2;
  }

  /** The host itself has said that this token's life is over, as after a boot. */
  ended(host: string, token: number | undefined): void {
    if (this.held.get(host)?.token === token) this.held.delete(host);
  }

  deadHosts(): readonly string[] {
    return this.hosts.filter((host) => !this.aliveOn(host));
  }

  /** On all hosts or on none: what a partial failure has taken is given back. */
  async take(token: number): Promise<TakeResult> {
    const results = await Promise.all(this.hosts.map((host) => this.takeOn(host, token)));
    const reasons = results.flatMap(({ reason }) => reason ?? []);
    if (reasons.length === 0) return { taken: true };
    const perhapsHeld = this.hosts.filter((_, index) => results[index]?.perhapsHeld);
    await Promise.all(perhapsHeld.map((host) => this.calls.release(host, token)));
    for (const host of [...this.held.keys()]) this.forget(host);
    return { taken: false, reason: reasons.join(' ') };
  }

  /**
   * Takes it also from who is dead, and from a living operation of these plans: whatever they run on the hosts ends. On all
   * hosts or on none.
   */
  async seize(plans: readonly string[]): Promise<TakeResult> {
    const without = (await Promise.all(this.hosts.map((host) => this.bringTo(host)))).filter(
      (problem) => problem !== undefined,
    );
    if (without.length > 0) return { taken: false, reason: without.join(' ') };
    const { away, overtakenBy } = await this.raise(this.hosts, ({ plan, operator, remainingSeconds }) =>
      remainingSeconds <= 0 || plans.includes(plan)
        ? undefined
        : `${operator} holds the lease for plan ${plan}, ${remainingSeconds} s of it left.`,
    );
    const reasons = [
      ...(overtakenBy === undefined ? [] : [overtakenBy]),
      ...[...away].map(([host, reason]) => `${host}: ${reason}`),
    ];
    if (reasons.length === 0) return { taken: true };
    await this.release();
    return { taken: false, reason: reasons.join(' ') };
  }

  /** Why the helper is not there; undefined: it is. */
  private async bringTo(host: string): Promise<string | undefined> {
    const problem = this.bringHelper ? await this.calls.bring(host) : undefined;
    return problem === undefined ? undefined : `${host}: the helper could not be brought: ${problem}`;
  }

  private async takeOn(host: string, token: number): Promise<Taking> {
    const problem = await this.bringTo(host);
    if (problem !== undefined) return { reason: problem, perhapsHeld: false };
    const sentAtMs = this.clock.monotonicMs();
    const reply = await this.calls.take(host, token);
    if (reply.answered && reply.result.exitCode === 0) {
      this.hold(host, token, sentAtMs);
      return { reason: undefined, perhapsHeld: true };
    }
    const why = await this.whyNotTaken(host, reply);
    // Without an answer it may have been taken. A host that refused it has somebody else's, maybe with this very token.
    return { reason: `${host}: ${why}`, perhapsHeld: !reply.answered };
  }

  private async whyNotTaken(host: string, reply: Reply): Promise<string> {
    if (!reply.answered) return reply.error.message;
    const { exitCode, stderr } = reply.result;
    if (exitCode !== HELPER_EXIT.leaseHeld && exitCode !== HELPER_EXIT.tokenStale) {
      return stderr.trim() || `the helper ended with ${exitCode}`;
    }
    const status = await this.calls.status(host);
    const lease = status.known ? status.lease : undefined;
    const lives = lease !== undefined && lease.remainingSeconds > 0;
    if (exitCode === HELPER_EXIT.tokenStale && !lives)
      return 'another operation has run since this plan was made.';
    if (!lease) return 'another operation holds the lease.';
    return `${lease.operator} holds the lease for plan ${lease.plan}, ${lease.remainingSeconds} s of it left.`;
  }

  /**
   * Raises the token on every host that answers: from then on nothing that was sent before can act there. A host that
   * does not answer is no longer held: nothing more is sent to it with the old token.
   * Hosts are raised one after the other, in the same order by everybody, each to the token that follows the one on
   * file: of two who raise at once, one gets all hosts and the other none.
   */
  raise(hosts: readonly string[], mayOvertake: MayOvertake): Promise<RaiseResult> {
    return this.oneAtATime(() => this.raiseNow(hosts, mayOvertake));
  }

  /** Raises a host whose lease is dead. Where another caller has just done so, nothing is sent: it would end what runs. */
  revive(host: string, mayOvertake: MayOvertake): Promise<RaiseResult> {
    return this.oneAtATime(() => this.raiseNow(this.aliveOn(host) ? [] : [host], mayOvertake));
  }

  private oneAtATime(work: () => Promise<RaiseResult>): Promise<RaiseResult> {
    const result = this.raising.then(work);
    this.raising = result.catch(() => undefined);
    return result;
  }

  private raiseNow(hosts: readonly string[], mayOvertake: MayOvertake): Promise<RaiseResult> {
    const ordered = this.hosts.filter((host) => hosts.includes(host));
    for (const host of ordered) this.held.delete(host);
    return raiseTokens({
      hosts: ordered,
      calls: this.calls,
      clock: this.clock,
      bringHelper: this.bringHelper,
      highestToken: this.highestToken,
      mayOvertake,
      onRaised: (host, token, sentAtMs) => this.hold(host, token, sentAtMs),
    });
  }

  /** Renews on every held host until `stopRenewing`. */
  startRenewing(): void {
    if (this.renewal) return;
    const stop = new AbortController();
    this.renewal = stop;
    void this.renewUntil(stop.signal);
  }

  stopRenewing(): void {
    this.renewal?.abort();
    this.renewal = undefined;
  }

  /** Ends the lease's life where the host answers. Where it doesn't, the life ends by itself. */
  async release(): Promise<void> {
    this.stopRenewing();
    await Promise.all(
      [...this.held].map(async ([host, lease]) => {
        const reply = await this.calls.release(host, lease.token);
        if (reply.answered && reply.result.exitCode === 0) this.forget(host);
      }),
    );
  }

  private async renewUntil(signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await this.clock.sleep(this.policy.renewEveryMs, signal);
      } catch {
        return;
      }
      for (const host of this.held.keys()) void this.renewOn(host, signal);
      for (const [host, lease] of this.held) this.reportIfDead(host, lease);
    }
  }

  private async renewOn(host: string, signal: AbortSignal): Promise<void> {
    const lease = this.held.get(host);
    if (!lease || lease.renewing) return;
    lease.renewing = true;
    const { token } = lease;
    const sentAtMs = this.clock.monotonicMs();
    const reply = await this.calls.renew(host, token);
    lease.renewing = false;
    // A raise may have come in between: then this answer is about a lease that is no longer ours to judge.
    if (signal.aborted || this.held.get(host) !== lease || !reply.answered) return;
    if (reply.result.exitCode === 0) {
      lease.renewedAtMs = Math.max(lease.renewedAtMs, sentAtMs);
      lease.lostReported = false;
    } else if (reply.result.exitCode === HELPER_EXIT.tokenStale) {
      this.held.delete(host);
      if (guardRaised(reply.result)) this.report(host, lease, 'the guard of this host has closed it.', false);
      else this.report(host, lease, 'another operation has taken it.', true);
    } else if (reply.result.exitCode === HELPER_EXIT.leaseExpired) {
      this.held.delete(host);
      this.report(host, lease, 'its life had ended on the host, as after a boot.', false);
    }
  }

  private reportIfDead(host: string, lease: HeldLease): void {
    if (!this.aliveOn(host)) this.report(host, lease, 'it could not be renewed for half of its life.', false);
  }

  private report(host: string, lease: HeldLease, reason: string, overtaken: boolean): void {
    if (lease.lostReported && !overtaken) return;
    lease.lostReported = true;
    this.listener.lost(host, reason, overtaken);
  }

  private hold(host: string, token: number, renewedAtMs: number): void {
    this.held.set(host, { token, renewedAtMs, renewing: false, lostReported: false });
    this.listener.held(host, token);
  }

  private forget(host: string): void {
    this.held.delete(host);
    this.listener.released(host);
  }
}
