/** What one MySQL server says of itself. GTID sets are as the server prints them, without white space. */
export interface MysqlState {
  readonly version: string;
  readonly serverId: number;
  readonly serverUuid: string;
  readonly readOnly: boolean;
  readonly superReadOnly: boolean;
  /** From performance_schema.persisted_variables: what a restart would bring back. */
  readonly persisted: Readonly<Record<string, string>>;
  readonly gtidMode: string;
  readonly enforceGtidConsistency: string;
  readonly logBin: boolean;
  readonly logReplicaUpdates: boolean;
  readonly gtidExecuted: string;
  readonly gtidPurged: string;
  readonly sqlMode: string;
  readonly syncBinlog: number;
  readonly flushLogAtTrxCommit: number;
  readonly relayLogRecovery: boolean;
  readonly clonePlugin: boolean;
  readonly users: readonly { readonly user: string; readonly host: string; readonly plugin: string }[];
  /** Absent on a server without a replication channel. */
  readonly replica: ReplicaState | undefined;
}

/** The one (default) replication channel, from SHOW REPLICA STATUS and performance_schema. */
export interface ReplicaState {
  readonly sourceHost: string;
  readonly sourcePort: number;
  readonly sourceUser: string;
  readonly sourceUuid: string;
  /** Yes, No, Connecting */
  readonly ioRunning: string;
  readonly sqlRunning: string;
  readonly ioError: string;
  readonly sqlError: string;
  /** NULL on the server when a thread is stopped. It lies while the source is dead: see `heartbeatAgeMs`. */
  readonly secondsBehindSource: number | null;
  readonly autoPosition: boolean;
  readonly sqlDelaySeconds: number;
  readonly retrievedGtidSet: string;
  /** GTID_SUBTRACT(received, executed): received and not applied yet. */
  readonly unapplied: string;
  /** Age of performance_schema's LAST_HEARTBEAT_TIMESTAMP or of the last event received, whichever is younger; null: never. */
  readonly heartbeatAgeMs: number | null;
  readonly heartbeatIntervalMs: number;
  readonly workerErrors: readonly string[];
  readonly filters: readonly string[];
}
