import type { OsFamily } from '../../site';

/** A program that a controller needs, and the package that brings it where the host has none. */
export interface NeededProgram {
  readonly program: string;
  readonly debian: string;
  /** Names of RHEL 9 and its rebuilds; lsyncd is in EPEL. Not run on this system. */
  readonly rhel: string;
}

/**
 * Looked for by program, not by package: a MySQL or keepalived that came another way (Percona, a vendor's repository) is
 * respected. ClusterControl's own programs are not among them: its installer is the operator's.
 */
export const NEEDED_PROGRAMS: readonly NeededProgram[] = [
  { program: 'keepalived', debian: 'keepalived', rhel: 'keepalived' },
  { program: 'iptables', debian: 'iptables', rhel: 'iptables-nft' },
  { program: 'killall', debian: 'psmisc', rhel: 'psmisc' },
  { program: 'pgrep', debian: 'procps', rhel: 'procps-ng' },
  { program: 'rsync', debian: 'rsync', rhel: 'rsync' },
  { program: 'lsyncd', debian: 'lsyncd', rhel: 'lsyncd' },
  { program: 'mysqld', debian: 'mysql-server', rhel: 'mysql-server' },
  { program: 'mysql', debian: 'mysql-client', rhel: 'mysql' },
];

export function packageOf(program: NeededProgram, os: OsFamily): string {
  return os === 'rhel' ? program.rhel : program.debian;
}

/** Whether a package could be had, as a shell function `candidate PACKAGE`: prints its version, nothing where there is none. */
export const CANDIDATE = `candidate() {
  if command -v apt-cache >/dev/null; then LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: //p' | grep -vxF '(none)'
  else dnf -q --cacheonly info --available "$1" 2>/dev/null | sed -n 's/^Version *: //p' | head -n 1; fi
}`;
