/** The three hosts of the lab, at the addresses of the ClusterControl documentation. */
export type HostName = 'cc1' | 'cc2' | 'prom';
export type ControllerName = 'cc1' | 'cc2';
/** `fresh`: hosts as a provider hands them over; `bare`: with all packages and ClusterControl, nothing set up. */
export type ProfileName = 'fresh' | 'bare' | 'documented' | 'hardened';

export const HOSTS: readonly HostName[] = ['cc1', 'cc2', 'prom'];
export const CONTROLLERS: readonly ControllerName[] = ['cc1', 'cc2'];
export const PROFILES: readonly ProfileName[] = ['fresh', 'bare', 'documented', 'hardened'];

export const ADDRESS: Readonly<Record<HostName, string>> = {
  cc1: '192.168.73.201',
  cc2: '192.168.73.202',
  prom: '192.168.73.209',
};
/** Fixed, so that ARP entries stay true over a host's reboot. */
export const MAC: Readonly<Record<HostName, string>> = {
  cc1: '02:cc:1a:b0:00:c9',
  cc2: '02:cc:1a:b0:00:ca',
  prom: '02:cc:1a:b0:00:d1',
};
export const VIP = '192.168.73.200';
/** The workstation from which tests and the product reach the hosts: the bridge's own address. */
export const OPERATOR = '192.168.73.1';
export const PREFIX_LENGTH = 24;

/** The six units of a controller, cmon first. */
export const UNITS = ['cmon', 'cmon-cloud', 'cmon-ssh', 'cmon-events', 'cmon-proxy', 'kuber-proxy'] as const;

/** Password of `repl` and `clone`, of the documentation's example. It guards nothing but a lab. */
export const MYSQL_PASSWORD = 'Secur3_p4ssword';

/** Logins beside root, all by the operator's key. */
export const LOGINS = {
  /** sudo without a password */
  sudoer: 'operator',
  /** sudo asks for `SUDO_PASSWORD` */
  passwordSudoer: 'careful',
  /** no sudo at all */
  limited: 'limited',
} as const;
export const SUDO_PASSWORD = 'lab';

export function peerOf(host: ControllerName): ControllerName {
  return host === 'cc1' ? 'cc2' : 'cc1';
}
export function isHostName(text: string | undefined): text is HostName {
  return HOSTS.some((host) => host === text);
}
export function isProfileName(text: string | undefined): text is ProfileName {
  return PROFILES.some((profile) => profile === text);
}
