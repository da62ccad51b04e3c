import type { OsFamily } from './site';

/** Where a controller's files and units are. */
export interface HostPaths {
  readonly mysqlUnit: string;
  readonly keepalived: string;
  readonly notifyScript: string;
  readonly mysql: string;
  readonly lsyncd: string;
  readonly lsyncdLog: string;
  readonly lsyncdStatus: string;
  readonly sysctl: string;
}

const COMMON = {
  keepalived: '/etc/keepalived/keepalived.conf',
  notifyScript: '/etc/keepalived/manage_snat.sh',
  lsyncdLog: '/var/log/lsyncd.log',
  lsyncdStatus: '/var/log/lsyncd.status',
  sysctl: '/etc/sysctl.d/90-clustercontrol-ha.conf',
} as const;

const PATHS: Readonly<Record<OsFamily, HostPaths>> = {
  debian: {
    ...COMMON,
    mysqlUnit: 'mysql',
    // Read after the distribution's own files: Debian's mysqld.cnf has bind-address=127.0.0.1 (measured).
    mysql: '/etc/mysql/mysql.conf.d/zz-clustercontrol-ha.cnf',
    lsyncd: '/etc/lsyncd/lsyncd.conf.lua',
  },
  rhel: {
    ...COMMON,
    mysqlUnit: 'mysqld',
    mysql: '/etc/my.cnf.d/zz-clustercontrol-ha.cnf',
    lsyncd: '/etc/lsyncd.conf',
  },
};

export function pathsOf(os: OsFamily): HostPaths {
  return PATHS[os];
}
