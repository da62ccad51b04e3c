import type { OperationRecord } from '../observe/host';
import type { Plan } from '../plan/plan';
import type { CommandResult } from '../ports';
import { shellQuote } from '../quote';
import type { RunDeps, RunPolicy } from './deps';
import type { Reply, Wire } from './wire';
import { helperCall, helperHome } from './wrap';

/** Exit codes of the on-host helper (docs/host-helper.md). */
export const HELPER_EXIT = {
  failed: 1,
  ruleRefused: 64,
  leaseHeld: 75,
  tokenStale: 76,
  leaseExpired: 77,
  timedOut: 124,
  notFound: 127,
} as const;

/** The plan that a host's own guard names when it raises the token. It acts for its host only and never holds a lease. */
const GUARD = 'guard';

/** A guard that acted while no lease was alive is not another operation: whoever comes next raises the token above its. */
export function isGuards(lease: LeaseOnHost): boolean {
  return lease.plan === GUARD;
}

/**
 * Whether a stale token is the work of the host's own guard: then nobody else acts on this site. The helper says whose
 * token holds with exit code 76 ("token 7 is not the lease's: that is 8 of PLAN by OPERATOR").
 */
export function guardRaised({ exitCode, stderr }: CommandResult): boolean {
  return exitCode === HELPER_EXIT.tokenStale && new RegExp(` that is \\d+ of ${GUARD} by `).test(stderr);
}

/** A lease as a host's helper reports it. */
export interface LeaseOnHost {
  readonly token: number;
  readonly plan: string;
  readonly operator: string;
  readonly remainingSeconds: number;
  readonly state: string;
}

/** `lease` undefined: the host has none on file. `operation` undefined: it tells of none. */
export type LeaseStatus =
  | {
      readonly known: true;
      readonly lease: LeaseOnHost | undefined;
      readonly operation: OperationRecord | undefined;
    }
  | { readonly known: false; readonly reason: string; readonly missing: boolean };

/** The helper's lease calls on one host. Each is one short command. */
export class LeaseCalls {
  constructor(
    private readonly plan: Plan,
    /** One word without white space: the lease file is one line of words. */
    readonly holder: string,
    private readonly wire: Wire,
    private readonly deps: RunDeps,
    private readonly policy: RunPolicy,
  ) {}

  /** Whether this process has written it. */
  isOwn(lease: LeaseOnHost): boolean {
    return lease.plan === this.plan.id && lease.operator === this.holder;
  }

  take(host: string, token: number): Promise<Reply> {
    return this.hold(host, 'take', token);
  }

  raise(host: string, token: number): Promise<Reply> {
    return this.hold(host, 'raise', token);
  }

  renew(host: string, token: number): Promise<Reply> {
    return this.call(host, ['lease', 'renew', '--token', String(token)]);
  }

  release(host: string, token: number): Promise<Reply> {
    // Another plan may have got the same token, made at the same time as this one.
    return this.call(host, ['lease', 'release', '--token', String(token), '--plan', this.plan.id]);
  }

  async status(host: string): Promise<LeaseStatus> {
    const reply = await this.call(host, ['status']);
    if (!reply.answered) return { known: false, reason: reply.error.message, missing: false };
    const { exitCode, stdout, stderr } = reply.result;
    if (exitCode !== 0) {
      return {
        known: false,
        reason: stderr.trim() || `the helper on ${host} ended with ${exitCode}`,
        missing: exitCode === HELPER_EXIT.notFound || exitCode === 126,
      };
    }
    return readStatus(host, stdout);
  }

  /** Puts the helper and its settings into /run, where they are gone after a boot, or where they stay (`helperStays`). */
  async bring(host: string): Promise<string | undefined> {
    try {
      const folder = this.plan.helperPath.replace(/\/[^/]*$/, '');
      const { state, settings } = helperHome(this.plan);
      const made = await this.wire.send(host, {
        script: `mkdir -p -m 0755 ${shellQuote(folder)} ${shellQuote(state)}`,
        timeoutMs: this.policy.callTimeoutMs,
        privileged: true,
      });
      if (!made.answered) return made.error.message;
      if (made.result.exitCode !== 0) return made.result.stderr.trim() || `${folder} could not be made`;
      const session = await this.deps.sessions.get(host);
      await session.writeFile(
        settings,
        this.plan.helperSettings[host] ?? '',
        this.plan.helperStays ? '0644' : '0600',
      );
      await session.writeFile(this.plan.helperPath, await this.deps.helperText(), '0755');
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private hold(host: string, verb: 'take' | 'raise', token: number): Promise<Reply> {
    const seconds = String(Math.round(this.policy.leaseTtlMs / 1000));
    const words = [
      '--plan',
      this.plan.id,
      '--operator',
      this.holder,
      '--token',
      String(token),
      '--ttl',
      seconds,
    ];
    return this.call(host, ['lease', verb, ...words], this.policy.holdTimeoutMs);
  }

  private call(
    host: string,
    words: readonly string[],
    timeoutMs = this.policy.callTimeoutMs,
  ): Promise<Reply> {
    return this.wire.send(host, { script: helperCall(this.plan, words), timeoutMs, privileged: true });
  }
}

function readStatus(host: string, stdout: string): LeaseStatus {
  try {
    const value = JSON.parse(stdout) as {
      version?: unknown;
      lease?: LeaseOnHost | null;
      operation?: OperationRecord | null;
    };
    if (value.version !== 1) {
      return {
        known: false,
        reason: `the helper on ${host} has format ${String(value.version)}`,
        missing: false,
      };
    }
    return { known: true, lease: value.lease ?? undefined, operation: value.operation ?? undefined };
  } catch {
    return { known: false, reason: `the helper's status on ${host} is no JSON`, missing: false };
  }
}

/** The operator and this process as one word. */
export function leaseHolder(operator: string, instance: string): string {
  return `${operator}/${instance}`.replace(/[^A-Za-z0-9@._/:-]+/g, '-');
}
