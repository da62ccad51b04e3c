import { OperatorError, type OperatorErrorCode } from '../../../../src/core/errors';
import type { Plan } from '../../../../src/core/plan/plan';
import type { Clock, CommandResult, HostCommand, HostSession } from '../../../../src/core/ports';
import type { RunDeps } from '../../../../src/core/run/deps';
import { type Executed, FakeHost, type ScriptLabel } from './fakeHost';
import { JournalDisk } from './journalDisk';
import { LifeWatch } from './lifeWatch';
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
export const SYNC_MS = 2;

export type FaultRule = (label: ScriptLabel, host: string, count: number) => Fault | undefined;

/** A site of fake hosts, the processes that work on it, and what must never happen there. */
export class World {
  readonly clock = new VirtualClock();
  readonly hosts = new Map<string, FakeHost>();
  readonly journals = new Map<string, JournalDisk>();
  readonly violations: string[] = [];
  /** Ids of steps in the order in which their acts were sent. */
  readonly sent: ScriptLabel[] = [];
  readonly away = new Set<string>();
  fault: FaultRule = () => undefined;
  /** How late a `lose-late` command acts. */
  lateMs = 700;
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
    return [...this.journals.values()].flatMap((disk) => disk.lines()).join('\n');
  }

  /** The journal of the plan's run. */
  lines(): string[] {
    return this.journals.get(this.plan.id)?.lines() ?? [];
  }

  /** What one process of ours has: all of it ends when the process does. `far`: more latency to a host, ms. */
  deps(process = new FakeProcess(), far: Readonly<Record<string, number>> = {}): RunDeps {
    const sees = <T>(begin: () => Promise<T>): Promise<T> => process.sees(begin);
    const clock: Clock = {
      nowMs: () => this.clock.nowMs(),
      monotonicMs: () => this.clock.monotonicMs(),
      sleep: (durationMs, signal) => sees(() => this.clock.sleep(durationMs, signal)),
    };
    const watch = new LifeWatch(this.plan, this.clock, (what) => this.violations.push(what));
    return {
      clock,
      instance: `p${++this.instances}`,
      helperText: () => Promise.resolve('#!/bin/sh\n'),
      secrets: { get: (name) => Promise.resolve(this.secrets.get(name)) },
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      journal: {
        append: (runId, line, sync) => sees(() => this.append(process, runId, line, sync)),
        read: (runId) => sees(() => Promise.resolve(this.journals.get(runId)?.lines() ?? [])),
        list: () => sees(() => Promise.resolve([...this.journals.keys()])),
      },
      sessions: {
        get: (host) => sees(() => this.connect(process, host, watch, far[host] ?? 0)),
        close: () => Promise.resolve(),
      },
    };
  }

  private async append(process: FakeProcess, runId: string, line: string, sync: boolean): Promise<void> {
    this.onMoment('before-append', process);
    if (process.dead) return;
    const disk = this.journals.get(runId) ?? new JournalDisk();
    this.journals.set(runId, disk);
    disk.append(line);
    this.onMoment('after-append', process);
    if (!sync) return;
    await this.clock.sleep(SYNC_MS);
    if (!process.dead) disk.sync();
  }

  private async connect(
    process: FakeProcess,
    name: string,
    watch: LifeWatch,
    farMs: number,
  ): Promise<HostSession> {
    if (this.away.has(name)) {
      await this.clock.sleep(500);
      throw trouble('host-unreachable', name);
    }
    return {
      host: name,
      run: async (command) => {
        const sentAtMs = this.clock.monotonicMs();
        const result = await process.sees(() => this.send(process, name, command, watch, farMs));
        watch.hears(name, command.script, sentAtMs, result);
        return result;
      },
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
    watch: LifeWatch,
    farMs: number,
  ): Promise<CommandResult> {
    const label = labelOf(command.script);
    watch.sends(name, command.script, label);
    this.onMoment('before-send', process);
    if (process.dead) return never();
    if (label.role) this.sent.push(label);
    const key = `${label.step} ${label.role}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    const fault = label.role ? this.fault(label, name, count) : undefined;
    if (fault === 'unreachable') throw trouble('host-unreachable', name);
    if (fault === 'sudo') throw trouble('sudo-refused', name);
    await this.clock.sleep(LATENCY_MS + farMs);
    if (this.away.has(name) || fault === 'lose-before') throw trouble('connection-lost', name);
    if (fault === 'hang') return never();
    if (fault === 'lose-late') {
      this.late.add(label.step);
      void this.clock.sleep(this.lateMs).then(() => this.host(name).execute(command));
      throw trouble('connection-lost', name);
    }
    const ending =
      fault === 'error' || fault === 'error-after'
        ? { exitCode: label.role === 'verify' ? 2 : 1, effect: fault === 'error-after' }
        : undefined;
    const result = await this.host(name).execute(command, ending);
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
      // A copy that arrives late acts beside the one that was sent after asking: acts are safe to run twice. It may also
      // come when its needs on another host are undone already; then its own host was away, and it is undone, too.
      const late = this.late.has(step.id);
      for (const need of late ? [] : step.needs) {
        const needed = this.plan.steps.find(({ id }) => id === need);
        if (needed?.verify && !needed.optional && !stands(need))
          this.violations.push(`${step.id} acts before ${need}`);
      }
      if (step.verify && !late && host.facts.get(step.id) === 'on')
        this.violations.push(`${step.id} acts twice`);
      // Who finishes after an undo that was broken off brings both again; a copy that nobody waits for must not.
      for (const other of late ? this.plan.steps : []) {
        const undone = this.executed(other.id, 'undo').length > 0 && !stands(other.id);
        if (undone && other.undo?.requires?.includes(step.id))
          this.violations.push(`${step.id} acts after ${other.id} was undone`);
      }
    }
    if (label.role === 'undo') {
      for (const required of step.undo?.requires ?? []) {
        if (stands(required)) this.violations.push(`${step.id} is undone while ${required} stands`);
      }
    }
    if (label.role === 'undo' && stands(this.plan.pointOfNoReturn)) {
      this.violations.push(`${step.id} is undone after the point of no return`);
    }
  }
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
