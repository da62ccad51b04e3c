import type { FileDrift } from '../deploy/drift';
import type { Fact } from './fact';
import type { MysqlState } from './mysql';

/** systemd's view of one unit (`systemctl show`). `loaded: false` means there is no such unit. */
export interface UnitState {
  readonly loaded: boolean;
  /** active, inactive, failed, activating, … */
  readonly active: string;
  readonly sub: string;
  /** enabled, disabled, masked, masked-runtime, static, … or empty */
  readonly file: string;
  readonly mainPid: number;
  readonly result: string;
}

export interface HostAddress {
  readonly interface: string;
  readonly address: string;
  readonly prefixLength: number;
  /** keepalived marks its own since 2.2.8 (`"protocol":"keepalived"`). */
  readonly byKeepalived: boolean;
}

/** Rules that rewrite the source of outgoing packets to the VIP, as `iptables -t nat -S` prints them. */
export interface SnatState {
  /** Rules in POSTROUTING (or a chain it jumps to) that end in `--to-source VIP`. */
  readonly toVip: readonly string[];
  /** True where the exclusions of the hardened profile stand in front (VRRP, multicast, peers, established TCP). */
  readonly hardened: boolean;
}

export interface KeepalivedState {
  readonly running: boolean;
  /** From keepalived's JSON dump; absent where it can't be had. INIT, BACKUP, MASTER, FAULT. */
  readonly state: string | undefined;
  readonly version: string | undefined;
  /** The configuration's text without its secret; the checks read it. */
  readonly config: string | undefined;
  /** `keepalived -t`: exit code and what it printed. */
  readonly test: { readonly exitCode: number; readonly output: string } | undefined;
  /** How the VIP follows: `role-flag` (track_file, hardened), `process-check` (vrrp_script, documented), `none`. */
  readonly follows: 'role-flag' | 'process-check' | 'none';
}

export interface LsyncdState {
  readonly running: boolean;
  /** Hosts named as targets in its configuration. */
  readonly targets: readonly string[];
  /** User at the other end, where its configuration names one; else root's own ssh configuration decides. */
  readonly login?: string | undefined;
  /** `Lsyncd status report at …`, epoch ms; it advances on activity only. */
  readonly reportedAtMs: number | undefined;
  /** Sum of `There are N delays`. */
  readonly delays: number | undefined;
}

/** `EPOCH primary|standby HOST` of a controller, or `EPOCH HOST` of the witness (role: 'witness'). HOST is the primary's name. */
export interface RoleRecord {
  readonly epoch: number;
  readonly role: 'primary' | 'standby' | 'witness';
  readonly primary: string;
}

export interface LeaseRecord {
  readonly token: number;
  readonly plan: string;
  readonly operator: string;
  readonly remainingSeconds: number;
}

/** The helper's record of an operation. Nothing on the host acts by it. */
export interface OperationRecord {
  readonly plan: string;
  readonly operation: string;
  readonly target: string;
  readonly operator: string;
  readonly sinceMs: number;
  /** `prepare`, `outage`, or how it ended. */
  readonly place: string;
}

/** The files that lsyncd brings over, as one host has them: the newest one is enough to compare two copies. */
export interface SyncedFiles {
  readonly count: number;
  /** Modification time of the newest, by the clock of the host that wrote it; 0 without a file. */
  readonly newestAtMs: number;
  /** The newest of those that nobody has changed for a minute: a copy that is alive has it. 0 without one. */
  readonly settledAtMs: number;
}

/** What only hosts with the hardened profile have; `undefined` fields are absent on the host. */
export interface RoleState {
  readonly helperVersion: number | undefined;
  readonly record: RoleRecord | undefined;
  readonly pending: { readonly epoch: number; readonly primary: string } | undefined;
  /** Epoch in /run/clustercontrol-ha/active. */
  readonly activeEpoch: number | undefined;
  readonly lease: LeaseRecord | undefined;
  /** The highest token this host remembers, also of a released lease: a new one must be above it. */
  readonly lastToken?: number;
  /** What was begun here last, and how far it came (docs/host-helper.md). Absent where nothing is on record. */
  readonly operation?: OperationRecord;
  /** The last failover to this host, also after later operations. */
  readonly failover?: { readonly plan: string; readonly sinceMs: number };
  /** This standby was a primary that met a newer epoch: it may have what nobody else has. */
  readonly returned?: boolean;
  /** A CLONE began to drop the data here and is not whole. */
  readonly cloneBroken?: boolean;
  /** Closed by hand: its guard opens nothing. */
  readonly held?: boolean;
  readonly guard: UnitState | undefined;
}

export interface HostResources {
  readonly filesystems: readonly {
    readonly path: string;
    readonly freeBytes: number;
    readonly freeInodes: number;
  }[];
  /** Host wall clock minus ours, ms, corrected by half the round trip. */
  readonly clockSkewMs: number;
}

/** Everything one probe of one host gave. A host that can't be reached has every fact unknown, with one reason. */
export interface HostObservation {
  readonly host: string;
  readonly atMs: number;
  /** Known true, or unknown with the reason it can't be reached. */
  readonly reachable: Fact<true>;
  readonly bootId: Fact<string>;
  readonly uptimeSeconds: Fact<number>;
  readonly privileged: Fact<boolean>;
  /** Names of missing programs among those that operations need. */
  readonly missingPrograms: Fact<readonly string[]>;
  readonly addresses: Fact<readonly HostAddress[]>;
  readonly snat: Fact<SnatState>;
  /** Keyed by unit name without `.service`. */
  readonly units: Fact<Readonly<Record<string, UnitState>>>;
  /** Number of processes named cmon. */
  readonly cmonProcesses: Fact<number>;
  /** Contents of /etc/cron.d files of cmon that would start it. */
  readonly cmonCron: Fact<readonly string[]>;
  /** `s9s cluster --ping`: true only when it says Ok and exits 0. */
  readonly cmonPing: Fact<boolean>;
  readonly keepalived: Fact<KeepalivedState>;
  readonly lsyncd: Fact<LsyncdState>;
  /** Absent where no probe asked for it. */
  readonly files?: Fact<SyncedFiles>;
  readonly role: Fact<RoleState>;
  readonly resources: Fact<HostResources>;
  readonly mysql: Fact<MysqlState>;
  /** Prometheus host only: `/-/ready` answered. */
  readonly prometheusReady: Fact<boolean>;
  /** sha256 of each configuration file an operation rests on, by path. */
  readonly configDigests: Fact<Readonly<Record<string, string>>>;
  /** Mode and owner of the same files, as `MODE OWNER`. */
  readonly configModes?: Fact<Readonly<Record<string, string>>>;
  /** How its files stand to the inventory. Absent where nobody compared them. */
  readonly drift?: Fact<readonly FileDrift[]>;
}

export interface SiteObservation {
  readonly site: string;
  readonly atMs: number;
  /** Keyed by the host's name in the inventory. */
  readonly hosts: Readonly<Record<string, HostObservation>>;
}
