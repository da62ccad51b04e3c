import type { Plan } from '../plan/plan';
import type { RunDeps, RunPolicy } from './deps';
import type { BookOnHosts } from './book';
import type { JournalWriter } from './journal';
import type { Lease } from './lease';
import type { MayOvertake } from './leaseRaise';
import type { LeaseCalls } from './leaseCalls';
import type { LiveOutput } from './liveOutput';
import type { SecretValues } from './secretValues';
import type { RunState } from './state';
import type { Wire } from './wire';

/** Why nothing new is started. `overtaken`: somebody else acts on the site, and not even undo may be sent. */
export interface Stop {
  readonly kind: 'failure' | 'abort' | 'lease' | 'journal' | 'overtaken' | 'opening-unknown';
  readonly reason: string;
  readonly next: string;
}

/** The first reason counts; only being overtaken replaces another. */
export class StopSwitch {
  private stop: Stop | undefined;
  private readonly controller = new AbortController();
  private readonly listeners = new Set<() => void>();

  /** Cuts short what only waits before it would try again. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get reason(): Stop | undefined {
    return this.stop;
  }

  isOvertaken(): boolean {
    return this.stop?.kind === 'overtaken';
  }

  request(stop: Stop): void {
    if (!this.stop || (stop.kind === 'overtaken' && this.stop.kind !== 'overtaken')) this.stop = stop;
    this.controller.abort();
    for (const listener of [...this.listeners]) listener();
  }

  /** Told of each request, whether its reason counts or an earlier one. */
  onRequest(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }
}

/** What the parts of one run share. */
export interface RunContext {
  readonly plan: Plan;
  readonly state: RunState;
  readonly deps: RunDeps;
  readonly policy: RunPolicy;
  readonly journal: JournalWriter;
  readonly lease: Lease;
  readonly calls: LeaseCalls;
  readonly wire: Wire;
  readonly live: LiveOutput;
  readonly book: BookOnHosts;
  /** Read before the first change; none until then. */
  secrets: SecretValues;
  readonly mayOvertake: MayOvertake;
  readonly stop: StopSwitch;
}
