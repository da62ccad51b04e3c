import { join } from 'node:path';
import { INSIDE } from '../places';
import type { HostName } from '../site';

/** Where a host's parts are, inside the capsule. */
export interface HostFiles {
  /** The limited disk: `upper` and `work` of the overlay. */
  readonly disk: string;
  /** The host's root, while it is on. */
  readonly root: string;
  /** Process id of the nspawn that runs it. */
  readonly pid: string;
  /** The loop device below `disk`. */
  readonly device: string;
  readonly consoleLog: string;
  readonly cgroup: string;
  /** The bridge's end of the host's cable. */
  readonly port: string;
  /** Network namespace, as `ip netns` names it. */
  readonly netns: string;
}

export function hostFiles(host: HostName): HostFiles {
  const folder = join(INSIDE, 'hosts', host);
  return {
    disk: join(folder, 'disk'),
    root: join(folder, 'root'),
    pid: join(folder, 'pid'),
    device: join(folder, 'device'),
    consoleLog: join(folder, 'console.log'),
    cgroup: `/sys/fs/cgroup/${host}`,
    port: `v-${host}`,
    netns: host,
  };
}
