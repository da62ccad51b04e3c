import { OperatorError, type OperatorErrorCode } from '../../../../src/core/errors';
import type { Plan } from '../../../../src/core/plan/plan';
import type { Clock, CommandResult, HostCommand, HostSession } from '../../../../src/core/ports';
import type { RunDeps } from '../../../../src/core/run/deps';
import { type Executed, FakeHost, type ScriptLabel } from './fakeHost';
import { FakeProcess } from './process';
import { VirtualClock } from './virtualClock';

/**
 * What happens to one command.
 * `lose-before` never reaches the host. `lose-after` is run, its answer is lost. `lose-late` is reported lost at once and
 * run later. `hang`: no answer, never run. `hang-after`: run, no answer. `error`: ends with 1 (a verify: with 2, it can't
 * tell), without its effect. `error-after`: the same after its effect. `unreachable`: not even a connection. `sudo`: refused for good.
 */
export const FAULTS = [
  'lose-before',
  'lose-after',
  'lose-late',
  'hang',
  'hang-after',
  'error',
  'error-after',
  'unreachable',
  'sudo',
] as const;
export type Fault = (typeof FAULTS)[number];

export const SECRET = "s3cr3t'pass\\word";
export const LATENCY_MS = 1;
const LATE_MS = 700;

export type FaultRule = (label: ScriptLabel, host: string, count: number) => Fault | undefined;

/** A site of fake hosts, the processes that work on it, and what must never happen there. */
export class World {
  readonly clock = new VirtualClock();
  readonly hosts = new Map<string, FakeHost>();
  readonly journals = new Map<string, string[]>();
  readonly violations: string[] = [];
  /** Ids of steps in the order in which their acts were sent. */
  readonly sent: ScriptLabel[] = [];
  readonly away = new Set<string>();
  fault: FaultRule = () => undefined;
  /** Called at every journal append and command; may kill the process. */
  onMoment: (moment: string, process: FakeProcess) => void = () => undefined;
  readonly secrets = new Map([['repl', SECRET]]);
  private readonly late = new Set<string>();
  private readonly counts = new Map<string, number>();
  private instances = 0;

  constructor(readonly plan: Plan) {
    for (const name of new Set([...plan.leaseHosts, ...plan.steps.map((step) => step.host)])) {
      this.hosts.set(name, new FakeHost(name, this.clock, (label, host) => this.judge(label, host)));
    }
  }

  host(name: string): FakeHost {
    const host = this.hosts.get(name);
    if (!host) throw new Error(`no host ${name}`);
    return host;
  }

  /** Which steps' effects stand now, in the plan's order. */
  effects(): string[] {
    return this.plan.steps
      .filter((step) => this.host(step.host).facts.get(step.id) === 'on')
      .map((step) => step.id);
  }

  executed(step: string, role: string): Executed[] {
    return [...this.hosts.values()].flatMap((host) =>
      host.executed.filter((done) => done.step === step && done.role === role),
    );
  }

  journalText(): string {
    return [...this.journals.values()].flat().join('\n');
  }

  /** What one process of ours has: all of it ends when the process does. */
  deps(process = new FakeProcess()): RunDeps {
    const sees = <T>(begin: () => Promise<T>): Promise<T> => process.sees(begin);
    const clock: Clock = {
      nowMs: () => this.clock.nowMs(),
      monotonicMs: () => this.clock.monotonicMs(),
      sleep: (durationMs, signal) => sees(() => this.clock.sleep(durationMs, signal)),
    };
    const tokens = new Map<string, number>();
    return {
      clock,
      instance: `p${++this.instances}`,
      helperText: () => Promise.resolve('#!/bin/sh\n'),
      secrets: { get: (name) => Promise.resolve(this.secrets.get(name)) },
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      journal: {
        append: (runId, line) => sees(() => this.append(process, runId, line)),
        read: (runId) => sees(() => Promise.resolve([...(this.journals.get(runId) ?? [])])),
        list: () => sees(() => Promise.resolve([...this.journals.keys()])),
      },
      sessions: {
        get: (host) => sees(() => this.connect(process, host, tokens)),
        close: () => Promise.resolve(),
      },
    };
  }

  private append(process: FakeProcess, runId: string, line: string): Promise<void> {
    this.onMoment('before-append', process);
    if (process.dead) return Promise.resolve();
    const lines = this.journals.get(runId) ?? [];
    this.journals.set(runId, lines);
    lines.push(line);
    this.onMoment('after-append', process);
    return Promise.resolve();
  }

  private async connect(
    process: FakeProcess,
    name: string,
    tokens: Map<string, number>,
  ): Promise<HostSession> {
    if (this.away.has(name)) {
      await this.clock.sleep(500);
      throw trouble('host-unreachable', name);
    }
    return {
      host: name,
      run: (command) => process.sees(() => this.send(process, name, command, tokens)),
      writeFile: (path, content) => {
        this.host(name).files.set(path, content);
        this.host(name).installed = true;
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
  }

  private async send(
    process: FakeProcess,
    name: string,
    command: HostCommand,
    tokens: Map<string, number>,
  ): Promise<CommandResult> {
    const label = labelOf(command.script);
    this.watchToken(name, command.script, tokens);
    this.onMoment('before-send', process);
    if (process.dead) return never();
    if (label.role) this.sent.push(label);
    const key = `${label.step} ${label.role}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    const fault = label.role ? this.fault(label, name, count) : undefined;
    if (fault === 'unreachable') throw trouble('host-unreachable', name);
    if (fault === 'sudo') throw trouble('sudo-refused', name);
    await this.clock.sleep(LATENCY_MS);
    if (this.away.has(name) || fault === 'lose-before') throw trouble('connection-lost', name);
    if (fault === 'hang') return never();
    if (fault === 'lose-late') {
      this.late.add(label.step);
      void this.clock.sleep(LATE_MS).then(() => this.host(name).execute(command));
      throw trouble('connection-lost', name);
    }
    const ending =
      fault === 'error' || fault === 'error-after'
        ? { exitCode: label.role === 'verify' ? 2 : 1, effect: fault === 'error-after' }
        : undefined;
    const result = await this.host(name).execute(command, ending);
    this.noteToken(name, command.script, result, tokens);
    this.onMoment('after-execute', process);
    if (fault === 'hang-after') return never();
    if (this.away.has(name) || fault === 'lose-after') throw trouble('connection-lost', name);
    return result;
  }

  /** No step before its needs, no undo after the point of no return, nothing twice that stands. */
  private judge(label: ScriptLabel, host: FakeHost): void {
    const step = this.plan.steps.find(({ id }) => id === label.step);
    if (!step) return;
    const stands = (id: string): boolean => {
      const other = this.plan.steps.find((candidate) => candidate.id === id);
      return other !== undefined && this.host(other.host).facts.get(id) === 'on';
    };
    if (label.role === 'act') {
      for (const need of step.needs) {
        const needed = this.plan.steps.find(({ id }) => id === need);
        if (needed?.verify && !needed.optional && !stands(need))
          this.violations.push(`${step.id} acts before ${need}`);
      }
      // A copy that arrives late acts beside the one that was sent after asking: acts are safe to run twice.
      const late = this.late.has(step.id);
      if (step.verify && !late && host.facts.get(step.id) === 'on')
        this.violations.push(`${step.id} acts twice`);
    }
    if (label.role === 'undo' && stands(this.plan.pointOfNoReturn)) {
      this.violations.push(`${step.id} is undone after the point of no return`);
    }
  }

  private watchToken(host: string, script: string, tokens: ReadonlyMap<string, number>): void {
    const token = tokenOf(script);
    const known = tokens.get(host);
    if (token !== undefined && known !== undefined && token < known) {
      this.violations.push(`token ${token} is sent to ${host} after ${known}`);
    }
  }

  private noteToken(host: string, script: string, result: CommandResult, tokens: Map<string, number>): void {
    const token = tokenOf(script);
    if (token !== undefined && / lease (take|raise) /.test(script) && result.exitCode === 0)
      tokens.set(host, token);
  }
}

function tokenOf(script: string): number | undefined {
  const found = /clustercontrol-ha (?:lease \w+|run) .*?--token (\d+)/.exec(script);
  return found ? Number(found[1]) : undefined;
}

function labelOf(script: string): ScriptLabel {
  const found = /# (\S+) (act|verify|undo)/.exec(script);
  return { step: found?.[1] ?? '', role: found?.[2] ?? '' };
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

function trouble(code: OperatorErrorCode, host: string): OperatorError {
  return new OperatorError({ code, what: `${host}: ${code}.`, host, state: '', next: '' });
}
