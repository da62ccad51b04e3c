import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';
import { HOST_WENT_OFF, type AddressEvent } from '../judge/addresses';
import { parseMonitorLine, type MonitorLine } from '../judge/monitor';
import type { WatchClock } from './clock';
import type { Boot } from './hosts';

const execute = promisify(execFile);

interface Place {
  readonly host: string;
  readonly nsid: number;
  /** The host's link at this end. */
  readonly ifindex: number;
}

/**
 * The VIP's changes on all hosts, as the kernel announces them.
 *
 * One socket hears the address events of every network namespace that is linked to this one
 * (ip-monitor(8), `all-nsid`), and the kernel sends them under one lock. So the order of two hosts' events is exact
 * however late this process gets to read them; nothing is polled, and no change is too short to be seen.
 * Must run in the namespace of the hosts' bridge.
 */
export class AddressWatch {
  readonly events: AddressEvent[] = [];
  private readonly places = new Map<string, Place>();
  /** Heard before it was known whose namespace that is. */
  private early: (MonitorLine & { kind: 'address' })[] = [];
  private monitor: ChildProcess | undefined;
  private rest = '';

  constructor(
    private readonly vip: string,
    private readonly clock: WatchClock,
    private readonly died: (reason: string) => void,
  ) {}

  start(): void {
    // It must not outlive this process, however that ends.
    const program = ['--pdeathsig', 'KILL', 'ip', '-ts', '-o', 'monitor', 'address', 'link', 'all-nsid'];
    const child = spawn('setpriv', program, {
      env: { ...process.env, TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.monitor = child;
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.take(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', (error) => this.died(error.message));
    child.on('exit', (code) => {
      if (this.monitor === child) this.died(`ip monitor ended (${String(code)}): ${said.trim()}`);
    });
  }

  stop(): void {
    const child = this.monitor;
    this.monitor = undefined;
    child?.kill('SIGKILL');
  }

  /**
   * Finds out which of this namespace's links leads to the host, and whether it holds the VIP already.
   * False: it couldn't be told (yet).
   */
  async locate(host: string, boot: Boot): Promise<boolean> {
    try {
      const enter = ['-t', String(boot.pid), '-n', 'ip', '-j', 'address'];
      const [there, here] = await Promise.all([execute('nsenter', enter), execute('ip', ['-j', 'link'])]);
      const far = JSON.parse(there.stdout) as Link[];
      const near = (JSON.parse(here.stdout) as Link[]).find((link) =>
        far.some((one) => one.link_index === link.ifindex && one.ifindex === link.link_index),
      );
      if (near?.link_netnsid === undefined) return false;
      this.places.set(host, { host, nsid: near.link_netnsid, ifindex: near.ifindex });
      const held = far.some((link) => link.addr_info?.some((address) => address.local === this.vip));
      this.correct(host, held, 'first look');
      for (const line of this.early.splice(0)) this.apply(line);
      return true;
    } catch {
      return false;
    }
  }

  /** The host is off: it holds nothing any more, and its namespace's id may go to another. */
  lost(host: string): void {
    this.places.delete(host);
    if (this.holds(host)) this.push(host, false, this.clock.now(), HOST_WENT_OFF);
  }

  holds(host: string): boolean {
    return this.events.findLast((event) => event.host === host)?.held ?? false;
  }

  /** What a look at the host said, when it differs from what was heard. */
  correct(host: string, held: boolean, source: string): void {
    this.push(host, held, this.clock.now(), source);
  }

  private take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const text of lines) {
      const line = parseMonitorLine(text);
      if (line !== undefined) this.apply(line);
    }
  }

  private apply(line: MonitorLine): void {
    const places = [...this.places.values()];
    if (line.kind === 'link-deleted') {
      const place = places.find((one) => one.ifindex === line.ifindex);
      if (place !== undefined) this.lost(place.host);
      return;
    }
    if (line.address !== this.vip || line.nsid === undefined) return;
    const place = places.find((one) => one.nsid === line.nsid);
    if (place === undefined) this.early.push(line);
    else this.push(place.host, line.held, this.clock.fromWall(line.wallMs), 'address event');
  }

  private push(host: string, held: boolean, atMs: number, source: string): void {
    if (this.holds(host) === held) return;
    const notBefore = this.events.at(-1)?.atMs ?? 0;
    this.events.push({ host, held, atMs: Math.max(atMs, notBefore), source });
  }
}

interface Link {
  readonly ifindex: number;
  readonly link_index?: number;
  readonly link_netnsid?: number;
  readonly addr_info?: readonly { readonly local?: string }[];
}
