/** One controller as keepalived sees it. */
export interface VrrpHost {
  readonly name: string;
  /** IPv4, dotted. Higher wins between masters of equal priority (RFC 5798, 6.4.3). */
  readonly address: string;
  /** 1 to 254. */
  readonly priority: number;
  /** `state` of the vrrp_instance. MASTER takes nothing by itself, it only clears nopreempt (vrrp.c, measured). */
  readonly state: 'BACKUP' | 'MASTER';
  readonly nopreempt: boolean;
}

/** What keepalived tracks. */
export type VrrpTrack =
  /** `killall -0 cmon`; without a weight its failure is FAULT. */
  | { readonly kind: 'process'; readonly weight: number | undefined }
  /** A file that only the primary has, `weight 0 reverse`: without it, FAULT. */
  | { readonly kind: 'role' };

/** Which SNAT rule the notify script puts on the holder. `hardened` leaves VRRP out, and so is as good as none here. */
export type VrrpSnat = 'none' | 'documented' | 'hardened';

/** Two hosts with one virtual router between them: all that decides who holds the VIP. */
export interface VrrpPair {
  readonly hosts: readonly [VrrpHost, VrrpHost];
  readonly track: VrrpTrack;
  readonly snat: VrrpSnat;
  readonly version: 2 | 3;
  readonly advertIntervalSeconds: number;
  /** Seconds between two runs of the process check. A file is watched: then it doesn't count. */
  readonly checkIntervalSeconds: number;
}

/** Position of a host in its pair. */
export type HostIndex = 0 | 1;

export function otherHost(host: HostIndex): HostIndex {
  return host === 0 ? 1 : 0;
}
