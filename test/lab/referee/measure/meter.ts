import { vipHandovers } from '../judge/addresses';
import type { MeasureOptions } from '../options';
import { insertText, WRITER } from '../schema';
import { AddressWatch } from '../watch/addresses';
import { WatchClock } from '../watch/clock';
import { HostFinder } from '../watch/hosts';
import { Pacer } from '../watch/pacer';
import { HostSql } from '../watch/sql';
import { cmonRuns } from './cmonPresence';
import { longestPause, writeOutage, type Acknowledgement, type Measurement } from './figures';
import { ping, somebodyAnswers } from './ping';

const PORTS = [9500, 9501];
const PROBE_EVERY_MS = 5;
/** Who is on. */
const LOOK_EVERY_MS = 50;
/** Attempts that still wait for an answer, at most: a probe is sent every 5 ms whether the last one was answered or not. */
const MOST_PENDING = 100;

/** Measures the outages of one promotion with as little load as it can. */
export class Meter {
  private readonly clock = new WatchClock();
  private readonly finder: HostFinder;
  private readonly addresses: AddressWatch;
  private readonly writers: ReadonlyMap<string, { sql: HostSql; pending: boolean }>;
  private readonly acknowledgements: Acknowledgement[] = [];
  private readonly vipAnswers: number[] = [];
  private readonly pings = new Map<number, number[]>(PORTS.map((port) => [port, []]));
  private readonly cpuAtStart = process.cpuUsage();
  private readonly run = Date.now();
  private pacers: Pacer[] = [];
  private pending = 0;
  private id = 0;

  constructor(private readonly options: MeasureOptions) {
    this.finder = new HostFinder(options.hosts);
    this.addresses = new AddressWatch(options.vip, this.clock, () => undefined);
    this.writers = new Map(options.hosts.map((host) => [host, { sql: new HostSql(WRITER), pending: false }]));
  }

  async start(): Promise<void> {
    this.finder.look();
    this.addresses.start();
    for (const host of this.options.hosts) {
      const boot = this.finder.boot(host);
      if (boot !== undefined) await this.addresses.locate(host, boot);
    }
    this.pacers = [
      new Pacer(this.options.writeEveryMs, () => this.write()),
      new Pacer(PROBE_EVERY_MS, () => this.probe()),
      new Pacer(LOOK_EVERY_MS, () => this.look()),
    ];
  }

  async finish(): Promise<Measurement> {
    for (const pacer of this.pacers) pacer.stop();
    const endMs = this.clock.now();
    const { user, system } = process.cpuUsage(this.cpuAtStart);
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const { sql } of this.writers.values()) sql.close();
    this.addresses.stop();
    const moves = vipHandovers(this.addresses.events, endMs);
    const ascending = (times: readonly number[]): number[] => [...times].sort((a, b) => a - b);
    return {
      writeOutage: writeOutage([...this.acknowledgements].sort((a, b) => a.endMs - b.endMs)),
      vipGap: moves.sort((a, b) => b.durationMs - a.durationMs)[0],
      vipSilence: longestPause(ascending(this.vipAnswers)),
      managementOutage: Object.fromEntries(
        [...this.pings].map(([port, times]) => [String(port), longestPause(ascending(times))]),
      ),
      worstTickMs: Math.max(...this.pacers.slice(0, 2).map((pacer) => pacer.worstMs)),
      cpuShare: (user + system) / 1000 / endMs,
      watchedMs: endMs,
    };
  }

  /** As cmon would: on the host where cmon runs, through its local socket. */
  private write(): void {
    for (const [host, writer] of this.writers) {
      const boot = this.finder.boot(host);
      if (boot === undefined || writer.pending || !cmonRuns(boot)) continue;
      writer.pending = true;
      const startMs = this.clock.now();
      void writer.sql.query(boot, insertText(this.run, host, 'measure', ++this.id)).then((answer) => {
        writer.pending = false;
        if (answer.kind === 'rows') this.acknowledgements.push({ host, startMs, endMs: this.clock.now() });
      });
    }
  }

  private probe(): void {
    const asked = (question: Promise<boolean>, times: number[] | undefined): void => {
      this.pending++;
      void question.then((good) => {
        this.pending--;
        if (good) times?.push(this.clock.now());
      });
    };
    if (this.pending >= MOST_PENDING) return;
    asked(somebodyAnswers(this.options.vip), this.vipAnswers);
    for (const port of PORTS) asked(ping(this.options.vip, port), this.pings.get(port));
  }

  private look(): void {
    const { gone, came } = this.finder.look();
    for (const host of gone) this.addresses.lost(host);
    for (const host of came) {
      const boot = this.finder.boot(host);
      if (boot !== undefined) void this.addresses.locate(host, boot);
    }
  }
}
