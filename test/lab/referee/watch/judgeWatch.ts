import type { Excuse } from '../judge/assemble';
import { ProcessLives } from '../judge/processes';
import type { Invariant } from '../judge/verdict';
import { Writability, type Probe } from '../judge/writability';
import type { Permission } from '../judge/writers';
import type { JudgeOptions } from '../options';
import { AddressWatch } from './addresses';
import { WatchClock } from './clock';
import { HeartbeatTail } from './heartbeats';
import { HostLooks } from './hostLooks';
import { HostFinder } from './hosts';
import { Ledger } from './ledger';
import { Pacer } from './pacer';
import { scanProcesses } from './processes';
import { WritableProbe } from './probes';

const PROBES: readonly Probe[] = ['ordinary', 'privileged', 'console'];
/** From one look at processes, and at who is on, to the next. */
const SCAN_EVERY_MS = 40;

/** Everything that watches, and what it has seen so far. */
export class JudgeWatch {
  readonly clock = new WatchClock();
  readonly ledger = new Ledger(this.clock);
  readonly finder: HostFinder;
  readonly addresses: AddressWatch;
  readonly looks: HostLooks;
  readonly writability: Writability;
  readonly lives = new ProcessLives();
  readonly heartbeats: readonly HeartbeatTail[];
  readonly probes: readonly WritableProbe[];
  readonly permissions: Permission[] = [];
  readonly excuses: Excuse[] = [];
  private readonly openExcuses = new Map<Invariant, Excuse>();
  private readonly cpuAtStart = process.cpuUsage();
  private pacer: Pacer | undefined;
  private nextScanMs = 0;

  constructor(
    readonly options: JudgeOptions,
    readonly run: number,
  ) {
    this.finder = new HostFinder(options.hosts);
    this.finder.look();
    this.addresses = new AddressWatch(options.vip, this.clock, (reason) => {
      for (const host of options.hosts) this.ledger.missed('vip', host, this.clock.now(), reason);
    });
    this.looks = new HostLooks(options, this.finder, this.addresses, this.ledger, this.clock);
    this.writability = new Writability(options.demands.attempts.maxGapMs);
    this.heartbeats = options.hosts.map((host) => new HeartbeatTail(host));
    this.probes = options.hosts.flatMap((host) => PROBES.map((probe) => this.probe(host, probe)));
  }

  async start(): Promise<void> {
    this.addresses.start();
    await this.looks.start();
    const { demands, hosts } = this.options;
    this.ledger.open('referee', '*', demands.referee);
    for (const host of hosts) {
      for (const probe of PROBES) this.ledger.open(`write/${probe}`, host, demands.attempts);
      this.ledger.open('processes', host, demands.processes);
      this.ledger.open('snat', host, demands.snat);
      this.ledger.open('vip', host, demands.vip);
    }
    this.pacer = new Pacer(this.options.attemptEveryMs, () => this.tick());
  }

  permit(host: string): void {
    this.permissions.push({ atMs: this.clock.now(), host });
  }

  excuse(invariant: Invariant, reason: string, on: boolean): void {
    const open = this.openExcuses.get(invariant);
    if (open !== undefined) {
      this.openExcuses.delete(invariant);
      this.excuses.push({ ...open, toMs: this.clock.now() });
    }
    if (on) this.openExcuses.set(invariant, { invariant, reason, fromMs: this.clock.now(), toMs: Infinity });
  }

  rejoin(host: string, on: boolean): void {
    for (const probe of this.probes) if (probe.host === host) probe.rejoining = on;
  }

  /** Ends the watch; attempts under way get a moment for their answers. Returns until when it asked. */
  async stop(): Promise<number> {
    this.pacer?.stop();
    const askedUntilMs = this.clock.now();
    this.scan();
    const untilMs = this.clock.now() + 1000;
    while (this.clock.now() < untilMs && this.probes.some((probe) => !probe.idle)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (const probe of this.probes) probe.close();
    // What still came is judged; that nobody asked meanwhile is no blindness.
    this.scan(false);
    this.looks.stop();
    this.addresses.stop();
    for (const excuse of this.openExcuses.values()) this.excuses.push(excuse);
    return askedUntilMs;
  }

  /** Of one core, since the start. */
  cpuShare(): number {
    const { user, system } = process.cpuUsage(this.cpuAtStart);
    return (user + system) / 1000 / this.clock.now();
  }

  private tick(): void {
    const startMs = this.clock.now();
    this.ledger.answered('referee', '*', startMs);
    if (startMs >= this.nextScanMs) {
      this.nextScanMs = startMs + SCAN_EVERY_MS;
      this.scan();
    }
    for (const probe of this.probes) {
      if (!this.isImplied(probe, startMs)) probe.tick(this.finder.boot(probe.host));
    }
  }

  /** Where an ordinary account has just written, a privileged one need not: half of all writes were its own. */
  private isImplied({ probe, host }: WritableProbe, nowMs: number): boolean {
    const sinceMs = nowMs - 2 * this.options.attemptEveryMs;
    return probe === 'privileged' && this.probeOf(host, 'ordinary')?.isOpenSince(sinceMs) === true;
  }

  private probeOf(host: string, probe: Probe): WritableProbe | undefined {
    return this.probes.find((one) => one.host === host && one.probe === probe);
  }

  private scan(counts = true): void {
    for (const host of this.finder.look().gone) this.addresses.lost(host);
    for (const host of this.options.hosts) {
      const startMs = this.clock.now();
      const boot = this.finder.boot(host);
      const processes = boot === undefined ? [] : scanProcesses(boot);
      if (processes === undefined) continue;
      const endMs = this.clock.now();
      this.lives.add({ host, startMs, endMs, processes });
      if (counts) this.ledger.answered('processes', host, startMs);
    }
    for (const tail of this.heartbeats) tail.read(this.finder.boot(tail.host));
  }

  private probe(host: string, probe: Probe): WritableProbe {
    return new WritableProbe(host, probe, this.run, this.clock, {
      attempt: (attempt) => {
        this.writability.add(attempt);
        if (probe === 'ordinary' && attempt.outcome === 'open') {
          this.probeOf(host, 'privileged')?.implied(attempt.startMs, attempt.endMs);
        }
        if (attempt.outcome !== 'lost') this.ledger.answered(`write/${probe}`, host, attempt.startMs);
      },
      unclear: (_host, _probe, reason) => this.ledger.unclear(`write/${probe}`, host, reason),
    });
  }
}
