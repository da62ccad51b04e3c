import { documentedMyCnf } from '../documented/mysql';
import { ADDRESS, peerOf, VIP, type ControllerName, type HostName } from '../site';

// By script until the product renders them from an inventory.

/** Seconds after which an isolated primary closes itself; the product's default. */
export const FENCE_SECONDS = 15;

export function helperSettings(host: HostName): string {
  const peer = host === 'prom' ? undefined : peerOf(host);
  const lines = [
    `SELF=${host}`,
    ...(peer ? [`PEER=${peer}`, `PEER_ADDRESS=${ADDRESS[peer]}`, `VIP=${VIP}`, 'INTERFACE=eth0'] : []),
    'WITNESS=prom',
    `WITNESS_ADDRESS=${ADDRESS.prom}`,
    ...(peer ? [`FENCE_SECONDS=${FENCE_SECONDS}`, 'MYSQL_SOCKET=/run/mysqld/mysqld.sock'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** The same on both controllers: who may hold the VIP is a matter of the flag alone. */
export const KEEPALIVED_CONF = `global_defs {
    enable_script_security
    script_user root
}
track_file cc_role {
    file "/run/clustercontrol-ha/active"
    weight 0 reverse
}
vrrp_instance VI_1 {
    state BACKUP
    nopreempt
    interface eth0
    virtual_router_id 51
    version 3
    priority 254
    advert_int 0.2
    virtual_ipaddress {
        ${VIP}
    }
    track_file {
        cc_role
    }
    notify /etc/keepalived/manage_snat.sh
}
`;

/** The documentation's lines, and what a crash must not cost. */
export function hardenedMyCnf(serverId: number): string {
  return `${documentedMyCnf(serverId).replace('log_slave_updates       = ON', 'log_replica_updates     = ON').replace('binlog_format           = ROW\n', '')}
sync_binlog             = 1
innodb_flush_log_at_trx_commit = 1
relay_log_recovery      = ON
`;
}

/** Boots closed, on both: opening is `SET GLOBAL`, by the guard or an operation, and never persisted. */
export const READ_ONLY_CNF = `[mysqld]
super_read_only         = ON
`;

const SYNCED = [
  '/var/lib/cmon/',
  '/etc/cmon.d/',
  '/root/.s9s/',
  '/var/www/html/clustercontrol-mcc/',
  '/var/www/html/cmon-repos/',
  '/usr/share/ccmgr/',
];
const SYNCED_FILES = ['cmon.cnf', 'cmon-events.cnf', 's9s.conf'];

/** The documented set with the true `s9s.conf`; `insist`: a target that is away at start is tried again. */
export function hardenedLsyncdConf(host: ControllerName): string {
  const target = peerOf(host);
  return `settings {
    logfile = "/var/log/lsyncd.log",
    statusFile = "/var/log/lsyncd.status",
    statusInterval = 10,
    insist = true
}

for _, path in ipairs({ ${SYNCED.map((path) => `"${path}"`).join(', ')} }) do
    sync {
        default.rsync,
        source = path,
        target = "${target}:" .. path,
        rsync = { archive = true, compress = true }
    }
end

sync {
    default.rsync,
    source = "/etc/",
    target = "${target}:/etc/",
    rsync = {
        archive = true,
        _extra = { ${SYNCED_FILES.map((file) => `"--include=/${file}"`).join(', ')}, "--exclude=*" }
    }
}
`;
}
