import type { OsFamily, Profile } from './site';

/** The six units of ClusterControl, cmon first (ClusterControl documentation, "Deployment steps"). */
export const SERVICES: readonly string[] = [
  'cmon',
  'cmon-cloud',
  'cmon-ssh',
  'cmon-events',
  'cmon-proxy',
  'kuber-proxy',
];

/**
 * The documented directories; `.s9s` belongs to the user that ClusterControl runs as. The documentation names the login's
 * alone; cmon and the command line as root keep theirs in root's, so the hardened profile brings both over.
 */
export function syncDirectories(user: string | undefined, profile: Profile = 'hardened'): readonly string[] {
  const root = '/root/.s9s/';
  const own = user === undefined || user === 'root' ? root : `/home/${user}/.s9s/`;
  return [
    '/var/lib/cmon/',
    '/etc/cmon.d/',
    ...(profile === 'documented' || own === root ? [own] : [root, own]),
    '/var/www/html/clustercontrol-mcc/',
    '/var/www/html/cmon-repos/',
    '/usr/share/ccmgr/',
  ];
}

/** Single files. The documentation says s9s.cnf, which exists nowhere; its profile keeps that, and a finding says so. */
export const SYNC_FILES: Readonly<Record<Profile, readonly string[]>> = {
  hardened: ['/etc/cmon.cnf', '/etc/cmon-events.cnf', '/etc/s9s.conf'],
  documented: ['/etc/cmon.cnf', '/etc/cmon-events.cnf', '/etc/s9s.cnf'],
};

export function mysqlSocket(os: OsFamily): string {
  return os === 'debian' ? '/run/mysqld/mysqld.sock' : '/var/lib/mysql/mysql.sock';
}

/** The VRRP password that the documentation prints, and so no secret. */
export const DOCUMENTED_VRRP_PASSWORD = '1113';
