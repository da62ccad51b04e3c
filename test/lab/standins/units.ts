/** Units and files that ClusterControl's own installer would bring; those of a stand-in say so. */
export const CMON_UNIT = `[Unit]
Description=ClusterControl controller (stand-in of a lab)
After=network.target mysql.service
[Service]
ExecStart=/usr/sbin/cmon
# The client through which it writes must outlive it for its last row, the stop marker.
KillMode=mixed
[Install]
WantedBy=multi-user.target
`;

export function otherUnit(name: string): string {
  return `[Unit]
Description=${name} (stand-in of a lab)
[Service]
ExecStart=/bin/sleep infinity
[Install]
WantedBy=multi-user.target
`;
}

export const PROMETHEUS_UNIT = `[Unit]
Description=Prometheus (stand-in of a lab)
[Service]
ExecStart=/usr/local/bin/prometheus
[Install]
WantedBy=multi-user.target
`;

/**
 * A cron job that starts a crashed cmon again, as packages of this kind do: whoever stops cmon by SIGKILL and forgets
 * cron has it back within a minute.
 */
export const CMON_CRON = `# stand-in of a lab
* * * * * root [ -e /run/cmon.pid ] && ! pgrep -x cmon >/dev/null && systemctl start cmon
`;

/** Debian's lsyncd ships only an init script, for which systemd 260 and later has no generator. */
export const LSYNCD_UNIT = `[Unit]
Description=Live Syncing (Mirror) Daemon
After=network-online.target
[Service]
Type=simple
ExecStart=/usr/bin/lsyncd -nodaemon -pidfile /run/lsyncd.pid /etc/lsyncd/lsyncd.conf.lua
[Install]
WantedBy=multi-user.target
`;
