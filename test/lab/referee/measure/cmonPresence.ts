import { readFileSync } from 'node:fs';
import type { Boot } from '../watch/hosts';

/** Whether systemd runs cmon on a host: its control group, as the host itself sees it, has members. One read. */
export function cmonRuns(boot: Boot): boolean {
  const group = `/proc/${String(boot.pid)}/root/sys/fs/cgroup/system.slice/cmon.service`;
  try {
    return readFileSync(`${group}/cgroup.procs`, 'latin1') !== '';
  } catch {
    return false;
  }
}
