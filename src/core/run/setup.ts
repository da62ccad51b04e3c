import { type RunContext, StopSwitch } from './context';
import { policyOf, type RunDeps } from './deps';
import { HostBook } from './hostBook';
import { JournalWriter } from './journal';
import { Lease, type LeaseListener } from './lease';
import type { MayOvertake } from './leaseRaise';
import { LeaseCalls } from './leaseCalls';
import { LiveOutput } from './liveOutput';
import { SecretValues } from './secretValues';
import type { RunState } from './state';
import { Wire } from './wire';

export interface SetupParts {
  readonly deps: RunDeps;
  readonly state: RunState;
  /** Of the lines that this process writes. */
  readonly writer: number;
  /** Name of this process on the leases. */
  readonly holder: string;
  readonly mayOvertake: MayOvertake;
  readonly onChange: () => void;
}

/** Joins the parts of one run. Nothing is sent and nothing written yet. */
export function setUp({ deps, state, writer, holder, mayOvertake, onChange }: SetupParts): RunContext {
  const { plan } = state;
  const policy = policyOf(deps);
  const stop = new StopSwitch();
  const journal = new JournalWriter(
    deps.journal,
    deps.clock,
    state.runId,
    writer,
    state.n,
    (line) => {
      state.apply(line);
      onChange();
    },
    (error) => {
      deps.log.error(`journal of run ${state.runId}: ${error.message}`);
      // What can still be undone is undone; past the point of no return the way leads forward, kept or not.
      const next = 'Make room on this machine, then start again.';
      if (state.opening === 'closed' && state.phase === 'running') {
        stop.request({ kind: 'journal', reason: `The journal could not be written: ${error.message}`, next });
      }
    },
  );
  const wire = new Wire(deps.sessions, deps.clock);
  const calls = new LeaseCalls(plan, holder, wire, deps, policy);
  const listener: LeaseListener = {
    held: (host, token) => journal.record({ type: 'lease-taken', host, token }),
    released: (host) => journal.record({ type: 'lease-released', host }),
    lost: (host, reason, overtaken) => {
      journal.record({ type: 'lease-lost', host, reason }, true);
      const next = overtaken ? 'See who acts on this site now, and leave it to them.' : 'Start again.';
      const text = `The lease on ${host} was lost: ${reason}`;
      if (overtaken) stop.request({ kind: 'overtaken', reason: text, next });
      else if (state.opening === 'closed') stop.request({ kind: 'lease', reason: text, next });
    },
  };
  const lease = new Lease(
    plan.leaseHosts,
    calls,
    deps.clock,
    policy,
    plan.bringHelper,
    () => state.highestToken,
    listener,
  );
  const context: RunContext = {
    plan,
    state,
    deps,
    policy,
    journal,
    lease,
    calls,
    wire,
    live: new LiveOutput((text) => context.secrets.redact(text), onChange),
    book: new HostBook(() => context),
    secrets: SecretValues.none(),
    mayOvertake,
    stop,
  };
  return context;
}
