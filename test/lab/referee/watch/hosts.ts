import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** One boot of a host. A reboot makes another one. */
export interface Boot {
  /** The host's init, as this process counts. */
  readonly pid: number;
  /** Name of its network namespace; dead processes have none. */
  readonly net: string;
}

/**
 * Finds the hosts by what they are: an init of its own process namespace whose root carries the host's name.
 * Nothing that is kept open here may hold a host's namespaces: a host that is powered off must vanish.
 */
export class HostFinder {
  private readonly boots = new Map<string, Boot>();
  /** Processes that are no init, of those that were there at the last search: being one never changes. */
  private others: ReadonlySet<string> = new Set();

  constructor(readonly names: readonly string[]) {}

  /** The host's running boot; undefined: it is off. */
  boot(host: string): Boot | undefined {
    return this.boots.get(host);
  }

  /** Looks again. Returns the hosts that went away or came (back) since the last look. */
  look(): { gone: string[]; came: string[] } {
    const gone = this.names.filter((name) => {
      const boot = this.boots.get(name);
      return boot !== undefined && netOf(boot.pid) !== boot.net && this.boots.delete(name);
    });
    const off = this.names.filter((name) => !this.boots.has(name));
    if (off.length === 0) return { gone, came: [] };
    for (const [name, boot] of this.runningInits()) if (off.includes(name)) this.boots.set(name, boot);
    return { gone, came: off.filter((name) => this.boots.has(name)) };
  }

  /** While a host is off this is done fifty times a second, on a machine with hundreds of processes. */
  private runningInits(): [string, Boot][] {
    const found: [string, Boot][] = [];
    const others = new Set<string>();
    for (const entry of readdirSync('/proc')) {
      const pid = Number(entry);
      if (!Number.isInteger(pid)) continue;
      if (this.others.has(entry) || !/^NSpid:\t\d+\t1$/m.test(read(`/proc/${entry}/status`))) {
        others.add(entry);
        continue;
      }
      const net = netOf(pid);
      const name = read(`/proc/${entry}/root/etc/hostname`).trim();
      if (net !== undefined && name !== '') found.push([name, { pid, net }]);
    }
    this.others = others;
    return found;
  }
}

function netOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${String(pid)}/ns/net`);
  } catch {
    return undefined;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
