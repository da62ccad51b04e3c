import { rewritesSourceTo } from '../judge/nat';
import type { SnatSample } from '../judge/snat';
import type { JudgeOptions } from '../options';
import type { AddressWatch } from './addresses';
import type { WatchClock } from './clock';
import type { Boot, HostFinder } from './hosts';
import { HostShell } from './hostShell';
import type { Ledger } from './ledger';

const SNAT_EVERY_MS = 200;
/** While SNAT may be settling. */
const SNAT_SOON_MS = 25;
const SETTLING_MS = 1000;
const VIP_EVERY_MS = 500;

/**
 * What has no event and needs a look from inside a host: its NAT rules, and its addresses as a check of what the
 * address events said. One loop a host.
 */
export class HostLooks {
  readonly samples: SnatSample[] = [];
  private readonly shells = new Map<string, HostShell>();
  private running = true;

  constructor(
    private readonly options: Pick<JudgeOptions, 'vip'>,
    private readonly finder: HostFinder,
    private readonly addresses: AddressWatch,
    private readonly ledger: Ledger,
    private readonly clock: WatchClock,
  ) {}

  /** Resolves when every host that is on was looked at once. */
  async start(): Promise<void> {
    await Promise.all(
      this.finder.names.map((host) => new Promise<void>((resolve) => void this.loop(host, resolve))),
    );
  }

  stop(): void {
    this.running = false;
    for (const shell of this.shells.values()) shell.close();
  }

  private async loop(host: string, looked: () => void): Promise<void> {
    let located: Boot | undefined;
    let nextVipMs = 0;
    let suspicion = false;
    while (this.running) {
      const boot = this.finder.boot(host);
      const startMs = this.clock.now();
      if (boot === undefined) {
        located = undefined;
        looked();
        this.ledger.answered('snat', host, startMs);
        this.ledger.answered('vip', host, startMs);
      } else {
        const shell = this.shell(host, boot);
        const known = located?.net === boot.net || (await this.addresses.locate(host, boot));
        located = known ? boot : undefined;
        if (located !== undefined && startMs >= nextVipMs) {
          nextVipMs = startMs + VIP_EVERY_MS;
          suspicion = await this.checkVip(host, shell, suspicion);
        }
        await this.lookAtSnat(host, shell);
        if (located !== undefined) looked();
      }
      await new Promise((resolve) => setTimeout(resolve, this.pauseMs()));
    }
  }

  /** True: the host's addresses differ from what was heard; twice in a row means that an event was lost. */
  private async checkVip(host: string, shell: HostShell, suspicion: boolean): Promise<boolean> {
    const startMs = this.clock.now();
    const heard = this.addresses.events.length;
    const output = await shell.ask('ip -o -4 address');
    if (output === undefined) return suspicion;
    this.ledger.answered('vip', host, startMs);
    const held = output.includes(` ${this.options.vip}/`);
    if (held === this.addresses.holds(host) || this.addresses.events.length !== heard) return false;
    if (!suspicion) return true;
    this.addresses.correct(host, held, 'look at the host');
    this.ledger.missed('vip', host, startMs - 2 * VIP_EVERY_MS, 'a change of the VIP was not announced');
    return false;
  }

  private async lookAtSnat(host: string, shell: HostShell): Promise<void> {
    const startMs = this.clock.now();
    const saved = await shell.ask('iptables-save -t nat');
    if (saved === undefined) return;
    this.ledger.answered('snat', host, startMs);
    const present = rewritesSourceTo(this.options.vip, saved);
    this.samples.push({ host, startMs, endMs: this.clock.now(), present });
  }

  private pauseMs(): number {
    const last = this.addresses.events.at(-1);
    const settling = last !== undefined && this.clock.now() - last.atMs < SETTLING_MS;
    return settling ? SNAT_SOON_MS : SNAT_EVERY_MS;
  }

  private shell(host: string, boot: Boot): HostShell {
    const kept = this.shells.get(host);
    if (kept !== undefined && kept.alive && kept.boot.net === boot.net) return kept;
    kept?.close();
    const shell = new HostShell(boot);
    this.shells.set(host, shell);
    return shell;
  }
}
