import type { ReplicationSite } from '../site';

/** Lines of /etc/cmon.cnf: the controller is known by the VIP, and Prometheus is another host. */
export function cmonLines(site: ReplicationSite): string {
  return `hostname=${site.vip}\nprometheus_hostname=${site.prometheus.address}\n`;
}

/** Lines of /etc/default/cmon: the RPC interface listens on all addresses, the VIP among them. */
export function cmonDefaults(): string {
  return `# New events client http callback as of v1.4.2!
EVENTS_CLIENT="http://127.0.0.1:9510"
CLOUD_SERVICE="http://127.0.0.1:9518"
RPC_BIND_ADDRESSES="0.0.0.0,127.0.0.1"
`;
}
