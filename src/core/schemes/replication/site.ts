import type { SecretReference, Site, SiteHost } from '../../inventory/site';

export type Profile = 'hardened' | 'documented';
export type OsFamily = 'debian' | 'rhel';

export interface ReplicationController extends SiteHost {
  readonly os: OsFamily;
  readonly interface: string;
  /** VRRP priority, 1 to 254. */
  readonly priority: number;
  readonly serverId: number;
}

/** A resolved site of scheme `replication`: two controllers, one VIP, one external Prometheus. */
export interface ReplicationSite extends Site {
  readonly scheme: 'replication';
  readonly profile: Profile;
  readonly vip: string;
  /** CIDR; `assumed` when it was derived from the addresses. */
  readonly network: { readonly cidr: string; readonly assumed: boolean };
  readonly controllers: readonly [ReplicationController, ReplicationController];
  readonly prometheus: SiteHost;
  readonly mysql: {
    /** Series such as `9`, `8.4`, `8.0`; undefined: observed. */
    readonly version: '8.0' | '8.4' | '9' | undefined;
    readonly port: number;
    readonly socket: string;
    readonly bufferPoolSize: string | undefined;
    readonly replicationUser: { readonly user: string; readonly password: SecretReference };
    readonly cloneUser: { readonly user: string; readonly password: SecretReference };
    /** root by unix socket when undefined. */
    readonly admin: { readonly user: string; readonly password: SecretReference } | undefined;
    readonly tls: boolean;
  };
  readonly keepalived: {
    readonly virtualRouterId: number;
    readonly vrrpVersion: 2 | 3;
    readonly advertIntervalSeconds: number;
    readonly authPassword: SecretReference | undefined;
    readonly unicast: boolean;
  };
  /** Seconds after which an isolated primary closes itself; undefined: off. */
  readonly selfFenceSeconds: number | undefined;
  readonly sync: { readonly directories: readonly string[]; readonly files: readonly string[] };
  /** The six units, cmon first. */
  readonly services: readonly string[];
}

/** Where others of the site reach its ssh server. One that only the operator's own ssh configuration knows is not known here. */
export function sshPort({ ssh }: SiteHost): number {
  return ssh.port ?? 22;
}
