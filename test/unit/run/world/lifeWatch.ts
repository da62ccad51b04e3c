import type { Plan } from '../../../../src/core/plan/plan';
import type { CommandResult } from '../../../../src/core/ports';
import type { ScriptLabel } from './fakeHost';
import type { VirtualClock } from './virtualClock';

const HALF_A_LIFE_MS = 15_000;

/** What one process may send, by what hosts have told it about its leases. */
export class LifeWatch {
  private readonly tokens = new Map<string, number>();
  private readonly renewedAtMs = new Map<string, number>();
  private stale: string | undefined;

  constructor(
    private readonly plan: Plan,
    private readonly clock: VirtualClock,
    private readonly violate: (what: string) => void,
  ) {}

  sends(host: string, script: string, label: ScriptLabel): void {
    const token = tokenOf(script);
    const known = this.tokens.get(host);
    if (token !== undefined && known !== undefined && token < known) {
      this.violate(`token ${token} is sent to ${host} after ${known}`);
    }
    if (this.stale !== undefined && (label.role !== '' || / lease raise /.test(script))) {
      this.violate(`${label.step} ${label.role} is sent after ${this.stale} said that somebody took over`);
    }
    const step = this.plan.steps.find(({ id }) => id === label.step);
    if (label.role !== 'act' || !step) return;
    for (const other of step.phase === 'after' ? [] : this.plan.leaseHosts) {
      const age = this.clock.monotonicMs() - (this.renewedAtMs.get(other) ?? -Infinity);
      if (age >= HALF_A_LIFE_MS) this.violate(`${step.id} acts ${age} ms after the last renewal on ${other}`);
    }
  }

  hears(host: string, script: string, sentAtMs: number, result: CommandResult): void {
    const token = tokenOf(script);
    if (token === undefined) return;
    if (
      result.exitCode === 76 &&
      !/ lease (take|raise|release) /.test(script) &&
      token === this.tokens.get(host) &&
      // A host's own guard takes nothing over.
      !/ of guard by /.test(result.stderr)
    ) {
      this.stale = host;
    }
    if (result.exitCode !== 0 || !/ lease (take|raise|renew) /.test(script)) return;
    this.tokens.set(host, Math.max(token, this.tokens.get(host) ?? 0));
    this.renewedAtMs.set(host, sentAtMs);
  }
}

function tokenOf(script: string): number | undefined {
  const found = /clustercontrol-ha (?:lease \w+|run) .*?--token (\d+)/.exec(script);
  return found ? Number(found[1]) : undefined;
}
