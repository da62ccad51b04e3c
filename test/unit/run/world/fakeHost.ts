import { WAS_OPENED } from '../../../../src/core/plan/plan';
import type { CommandResult, HostCommand } from '../../../../src/core/ports';
import type { OperationRecord } from '../../../../src/core/observe/host';
import { shellWords } from './shellWords';
import type { VirtualClock } from './virtualClock';

interface LeaseFile {
  token: number;
  plan: string;
  operator: string;
  ttlMs: number;
  renewedAtMs: number;
  released: boolean;
}

/** What a script's first line says about it: `# STEP act|verify|undo`. */
export interface ScriptLabel {
  readonly step: string;
  readonly role: string;
}

export interface Executed extends ScriptLabel {
  readonly host: string;
  readonly atMs: number;
  readonly exitCode: number;
}

type Failure = { readonly failWith: number } | undefined;

/**
 * One host with the helper's lease rules (docs/host-helper.md) and a tiny script language, a command a line:
 * `set K V`, `unset K`, `has K V` (exit 1 where not), `unless K V` (`WAS_OPENED` where it is), `print NAME VALUE`, `say TEXT`, `echo-stdin`, `take MS`, `exit N`.
 */
export class FakeHost {
  readonly facts = new Map<string, string>();
  readonly executed: Executed[] = [];
  readonly files = new Map<string, string>();
  lease: LeaseFile | undefined;
  /** What was begun here last, and how far it is. */
  operation: OperationRecord | undefined;
  /** The plan of `operation`, as it was sent. */
  book = '';
  installed = true;
  /** What runs is not ended by a raise, as a process that waits for a disk that has gone. */
  survivesRaises = false;
  private lock: Promise<unknown> = Promise.resolve();
  private readonly killed = new Set<number>();

  constructor(
    readonly name: string,
    private readonly clock: VirtualClock,
    private readonly onExecute: (label: ScriptLabel, host: FakeHost) => void,
  ) {}

  /** What a boot does to a lease: its file stays, its life is over. */
  boot(): void {
    if (this.lease) this.lease.renewedAtMs = -Infinity;
  }

  /** What its guard does when it closes the host: older tokens are stale, and nobody holds a lease. */
  guardRaises(): void {
    const token = (this.lease?.token ?? 0) + 1;
    const renewedAtMs = this.clock.monotonicMs();
    this.lease = { token, plan: 'guard', operator: this.name, ttlMs: 0, renewedAtMs, released: true };
  }

  /** Runs to its end on the host, whoever still listens. `fault` lets the script fail after or instead of its effects. */
  async execute(command: HostCommand, fault?: { exitCode: number; effect: boolean }): Promise<CommandResult> {
    const words = shellWords(command.script.startsWith('mkdir') ? command.script : command.script);
    while (/^[A-Z_]+=/.test(words[0] ?? '')) words.shift();
    if (words[0] === 'mkdir') return ended(0);
    if (!/clustercontrol-ha$/.test(words[0] ?? '')) return this.shell(command.script, command.stdin, fault);
    if (!this.installed) return ended(127, '', 'not found');
    switch (words[1]) {
      case 'status':
        return ended(0, JSON.stringify(this.status()));
      case 'lease':
        return this.leaseCall(words[2] ?? '', options(words));
      case 'run':
        return this.leasedRun(words, command.stdin, fault);
      default:
        return ended(2, '', `usage: ${words.join(' ')}`);
    }
  }

  private async leaseCall(verb: string, given: Map<string, string>): Promise<CommandResult> {
    if (verb === 'raise') await this.endWhatRuns();
    const token = Number(given.get('--token'));
    const now = this.clock.monotonicMs();
    const alive =
      this.lease !== undefined && !this.lease.released && now - this.lease.renewedAtMs < this.lease.ttlMs;
    switch (verb) {
      case 'take':
      case 'raise': {
        const plan = given.get('--plan') ?? '';
        if (this.lease && token <= this.lease.token) return ended(76);
        if (verb === 'take' && alive && this.lease?.plan !== plan) return ended(75);
        const ttlMs = Number(given.get('--ttl')) * 1000;
        const operator = given.get('--operator') ?? '';
        this.lease = { token, plan, operator, ttlMs, renewedAtMs: now, released: false };
        return ended(0);
      }
      case 'renew':
        if (this.lease?.token !== token) return this.stale(token);
        if (!alive) return ended(77);
        this.lease.renewedAtMs = now;
        return ended(0);
      case 'release':
        if (this.lease?.token !== token) return this.stale(token);
        if ((given.get('--plan') ?? this.lease.plan) !== this.lease.plan) return this.stale(token);
        this.lease.released = true;
        this.endOperation(this.lease.plan);
        return ended(0);
      default:
        return ended(2);
    }
  }

  /** A raise waits for the lock, but not for ever; then, and for scripts without the lock, what runs is killed. */
  private async endWhatRuns(): Promise<void> {
    await Promise.race([this.lock, this.clock.sleep(10_000)]);
    if (this.survivesRaises) return;
    for (let token = this.lease?.token ?? 0; token > 0; token--) this.killed.add(token);
  }

  private async leasedRun(
    words: string[],
    stdin: string | undefined,
    fault?: { exitCode: number; effect: boolean },
  ) {
    const split = words.indexOf('--');
    const token = Number(options(words.slice(0, split)).get('--token'));
    const script = words[split + 1] ?? '';
    const work = async (): Promise<CommandResult> => {
      if (!this.lease || this.lease.token !== token) return this.stale(token);
      if (this.lease.released || this.clock.monotonicMs() - this.lease.renewedAtMs >= this.lease.ttlMs)
        return ended(77);
      return this.shell(script, stdin, fault, token);
    };
    if (words.slice(0, split).includes('--unlocked')) return work();
    const result = this.lock.then(work);
    this.lock = result.catch(() => undefined);
    return result;
  }

  private async shell(
    script: string,
    stdin: string | undefined,
    fault?: { exitCode: number; effect: boolean },
    token?: number,
  ): Promise<CommandResult> {
    const begun = this.clock.monotonicMs();
    const variables = new Map<string, string>();
    let label: ScriptLabel = { step: '', role: '' };
    let stdout = '';
    let failure: Failure;
    for (const line of script.split('\n')) {
      const words = shellWords(line).map((word) =>
        word.replace(/\$(\w+)/g, (_, name: string) => variables.get(name) ?? ''),
      );
      const assignment = /^([a-z]\w*)=(.*)$/s.exec(words[0] ?? '');
      if (token !== undefined && this.killed.has(token)) failure = { failWith: 137 };
      else if (words[0] === '#') label = { step: words[1] ?? '', role: words[2] ?? '' };
      else if (words[0] === 'take') await this.take(Number(words[1]), token);
      else if (assignment) variables.set(assignment[1] ?? '', assignment[2] ?? '');
      else if (words[0] === 'print') stdout += `@${words[1]}=${words[2] ?? ''}\n`;
      else if (words[0] === 'say') stdout += `${words.slice(1).join(' ')}\n`;
      else if (words[0] === 'echo-stdin') stdout += `${stdin ?? ''}\n`;
      else if (words[1] === 'operation') failure = this.operationCall(words, stdin);
      else if (!fault || fault.effect) failure = this.change(words, label, token);
      if (failure) break;
    }
    const exitCode = failure?.failWith ?? fault?.exitCode ?? 0;
    this.executed.push({ ...label, host: this.name, atMs: this.clock.monotonicMs(), exitCode });
    const stderr = exitCode === 0 ? '' : `${label.step} ${label.role} refused ${stdin ?? ''}`;
    return { exitCode, stdout, stderr, durationMs: this.clock.monotonicMs() - begun };
  }

  /** A raise ends it in its midst. */
  private async take(ms: number, token: number | undefined): Promise<void> {
    for (let left = ms; left > 0; left -= 1_000) {
      if (token !== undefined && this.killed.has(token)) return;
      await this.clock.sleep(Math.min(left, 1_000));
    }
  }

  private operationCall([, , verb, plan = '', ...given]: readonly string[], stdin = ''): Failure {
    if (verb === 'begin') {
      const [operation = '', target = '', operator = '', since, place = ''] = given;
      this.operation = { plan, operation, target, operator, sinceMs: Number(since), place };
      this.book = stdin;
      return undefined;
    }
    if (this.operation?.plan !== plan) {
      this.forgetOperationBefore();
      return { failWith: 64 };
    }
    this.operation = { ...this.operation, place: given[0] ?? '' };
    return undefined;
  }

  /** What acts under another plan's lease makes the record history. */
  private forgetOperationBefore(): void {
    if (this.operation?.plan !== this.lease?.plan) this.operation = undefined;
  }

  private endOperation(plan: string): void {
    const { operation } = this;
    if (operation?.plan === plan && ['prepare', 'outage'].includes(operation.place))
      this.operation = { ...operation, place: 'ended' };
  }

  private change(words: string[], label: ScriptLabel, token: number | undefined): Failure {
    const [verb, key = '', value = ''] = words;
    switch (verb) {
      case 'set':
      case 'unset':
        this.onExecute(label, this);
        if (token !== undefined) this.forgetOperationBefore();
        if (verb === 'set') this.facts.set(key, value);
        else this.facts.delete(key);
        return undefined;
      case 'has':
        return this.facts.get(key) === value ? undefined : { failWith: 1 };
      case 'unless':
        return this.facts.get(key) === value ? { failWith: WAS_OPENED } : undefined;
      case 'exit':
        return { failWith: Number(key) };
      default:
        return undefined;
    }
  }

  private stale(token: number): CommandResult {
    const { token: now = 0, plan = '', operator = '' } = this.lease ?? {};
    return ended(76, '', `token ${token} is not the lease's: that is ${now} of ${plan} by ${operator}`);
  }

  status() {
    const { lease, operation } = this;
    const tells = [operation?.plan, 'guard'].includes(lease?.plan) || lease?.released === true;
    return { version: 1, lease: this.leaseJson(), operation: (tells && operation) || null };
  }

  private leaseJson() {
    if (!this.lease) return null;
    const { token, plan, operator, ttlMs, renewedAtMs, released } = this.lease;
    const left = released ? 0 : Math.max(0, ttlMs - (this.clock.monotonicMs() - renewedAtMs));
    return {
      token,
      plan,
      operator,
      remainingSeconds: Math.floor(left / 1000),
      state: released ? 'released' : 'held',
    };
  }
}

function options(words: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  words.forEach((word, index) => {
    if (word.startsWith('--')) found.set(word, words[index + 1] ?? '');
  });
  return found;
}

function ended(exitCode: number, stdout = '', stderr = ''): CommandResult {
  return { exitCode, stdout, stderr, durationMs: 0 };
}
