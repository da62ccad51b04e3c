import type { ElectionEvent, HostEventKind } from '../../../src/core/vrrp/event';
import type { HostIndex } from '../../../src/core/vrrp/pair';
import { settlingSeconds } from '../../../src/core/vrrp/times';
import { must } from '../run';
import { MAC, VIP } from '../site';
import { waitFor } from '../wait';
import { filesOf } from './files';
import { PoweredHost } from './host';
import type { ElectionCase } from './matrix';

const MACS = [MAC.cc1, MAC.cc2] as const;
const ROLE = '/run/clustercontrol-ha/active';

/** keepalived in the foreground of its own log; `$keepalived` is its process. */
const START_KEEPALIVED = 'keepalived -n -l -D -P >>/run/keepalived.log 2>&1 & keepalived=$!';

const SCRIPTS: Readonly<Record<Exclude<HostEventKind, 'host-dies' | 'host-returns'>, string>> = {
  'cmon-starts': '/run/cmon infinity & cmon=$!; until [ "$(cat /proc/$cmon/comm)" = cmon ]; do :; done',
  'cmon-stops': 'kill $cmon; wait $cmon; true',
  'role-given': `printf '1\\n' >${ROLE}.new && mv -fT ${ROLE}.new ${ROLE}`,
  'role-taken': `rm ${ROLE}`,
  'keepalived-starts': START_KEEPALIVED,
  'keepalived-stops': 'kill $keepalived; wait $keepalived; true',
};

/** Waiting longer than the stated time hides nothing: a change in that time begins it anew. */
const MARGIN_MS = 600;

/** Two real keepalived on a bridge of their own. */
export class RealPair {
  readonly #hosts: [PoweredHost | undefined, PoweredHost | undefined] = [undefined, undefined];
  readonly #bridge: string;

  constructor(
    private readonly one: ElectionCase,
    private readonly base: string,
    id: number,
  ) {
    this.#bridge = `br${id}`;
  }

  /** Both hosts on; nothing runs on either. */
  async powerOn(): Promise<void> {
    await must('sh', [
      '-c',
      'ip link add name "$1" type bridge forward_delay 0 mcast_snooping 0 && ip link set "$1" up',
      'sh',
      this.#bridge,
    ]);
    await Promise.all([this.#boot(0), this.#boot(1)]);
  }

  async powerOff(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host?.cutPower()));
    await must('ip', ['link', 'delete', this.#bridge]);
  }

  async apply(event: ElectionEvent): Promise<void> {
    if (!('host' in event)) return this.#isolate(event.kind === 'partition');
    const { kind, host } = event;
    if (kind === 'host-returns') {
      await this.#boot(host);
      await this.#host(host).run(START_KEEPALIVED);
    } else if (kind === 'host-dies') {
      await this.#host(host).cutPower();
      this.#hosts[host] = undefined;
    } else {
      await this.#host(host).run(SCRIPTS[kind]);
    }
  }

  /** Who holds the VIP, once nobody has taken or lost it for the settling time, by the kernel's messages and its table. */
  async holders(): Promise<HostIndex[]> {
    for (let tries = 1; ; tries += 1) {
      const holders = await this.#calmHolders();
      const table = await this.#holdersInTable();
      if (table.join() === holders.join()) return holders;
      // A message that comes late begins the settling time anew.
      if (tries === 3) throw new Error(`${this.one.name}: the kernel's messages and its table differ`);
    }
  }

  async #calmHolders(): Promise<HostIndex[]> {
    const calmMs = settlingSeconds(this.one.pair) * 1000 + MARGIN_MS;
    const since = performance.now();
    const last = (): number => Math.max(since, ...this.#on().map((index) => this.#host(index).changedAtMs));
    await waitFor(`${this.one.name}: calm`, 20 * calmMs, () => performance.now() - last() > calmMs);
    return this.#on().filter((index) => this.#host(index).holdsVip);
  }

  async #holdersInTable(): Promise<HostIndex[]> {
    const holders: HostIndex[] = [];
    for (const index of this.#on()) {
      const there = await this.#host(index).run(`ip -4 -o address show dev eth0 to ${VIP}/32`);
      if (there !== '') holders.push(index);
    }
    return holders;
  }

  #on(): HostIndex[] {
    return ([0, 1] as const).filter((index) => this.#hosts[index] !== undefined);
  }

  /** keepalived's own words, for a case that disagrees. */
  async logs(): Promise<string> {
    const texts = this.#hosts.map(async (host, index) =>
      host === undefined ? '' : `--- ${index}\n${await host.run('tail -n 40 /run/keepalived.log')}\n`,
    );
    return (await Promise.all(texts)).join('');
  }

  async #boot(index: HostIndex): Promise<void> {
    const { address } = this.one.pair.hosts[index];
    const port = `${this.#bridge}p${index}`;
    const place = { base: this.base, bridge: this.#bridge, port, mac: MACS[index], address, vip: VIP };
    const host = await PoweredHost.powerOn(place);
    this.#hosts[index] = host;
    for (const [path, text] of Object.entries(filesOf(this.one, index))) {
      await host.run(`cat >${path} <<'END OF FILE'\n${text}\nEND OF FILE\nchmod 755 ${path}`);
    }
    await host.run('chmod 644 /etc/keepalived/keepalived.conf');
    // state MASTER with nopreempt is complained of, and taken without nopreempt.
    if (this.one.pair.hosts[index].state === 'BACKUP') await host.run('keepalived -t');
  }

  async #isolate(on: boolean): Promise<void> {
    for (const index of [0, 1]) {
      const port = `${this.#bridge}p${index}`;
      await must('bridge', ['link', 'set', 'dev', port, 'isolated', on ? 'on' : 'off']);
    }
  }

  #host(index: HostIndex): PoweredHost {
    const host = this.#hosts[index];
    if (host === undefined) throw new Error(`${this.one.name}: host ${index} is off`);
    return host;
  }
}
