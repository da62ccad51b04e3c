/** What the core asks of the world. Adapters implement these; tests and the lab do too. */

/** A POSIX shell text for one host. Every value in it was quoted by `shellQuote`. */
export interface HostCommand {
  readonly script: string;
  /** Sent to the script's standard input. The only way a secret may travel: it never stands in `script`. */
  readonly stdin?: string;
  readonly timeoutMs: number;
  /** Run as root: by `sudo -n` where the ssh user is another. */
  readonly privileged: boolean;
  /** Told whole lines of both streams as they come. Only to look at: the result holds everything again. */
  readonly onOutput?: (text: string) => void;
}

/** A program of the operator's own, on his machine: a list of arguments and never a shell. */
export interface LocalCommand {
  /** Path or name, then its arguments as they are. */
  readonly argv: readonly string[];
  /** Added to the operator's own environment, from which our secrets are taken out. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** As in `HostCommand`. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Runs it to its end; whatever its exit code is, it resolves. What it wrote is cut at 64 KB a stream.
 * Rejects with an `OperatorError`: `command-failed` when it could not be started (nothing has happened then),
 * `command-timeout` when it and all that it started were killed.
 */
export interface LocalCommands {
  run(command: LocalCommand): Promise<CommandResult>;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/**
 * One host over one kept connection. `run` rejects with an `OperatorError` when the host can't be
 * asked (`host-unreachable`, `connection-lost`, `command-timeout`, `host-key-changed`, `auth-failed`, `sudo-refused`, …).
 * A script that ends with an exit code other than 0 does not reject.
 */
export interface HostSession {
  /** The name in the inventory (`cc1`), not the address. */
  readonly host: string;
  run(command: HostCommand): Promise<CommandResult>;
  /** Writes a file by temporary name and rename. `mode` is octal text such as `0755`. */
  writeFile(path: string, content: string, mode: string): Promise<void>;
  close(): Promise<void>;
}

/** Hands out one kept session a host, opened on first use and reopened after a loss. */
export interface HostSessions {
  get(host: string): Promise<HostSession>;
  close(): Promise<void>;
}

/** Whether an address answers at all, asked from the operator's machine. Never rejects. */
export interface Reachability {
  /** `refused` is an answer, too: somebody's kernel sent it. */
  tcp(address: string, port: number, timeoutMs: number): Promise<'yes' | 'refused' | 'no'>;
  /** `unknown` where this machine can't send an echo request. */
  icmp(address: string, timeoutMs: number): Promise<'yes' | 'no' | 'unknown'>;
}

export type SqlRow = Readonly<Record<string, string | number | null>>;

/** One MySQL connection of one host. Rejects with an `OperatorError`. */
export interface SqlSession {
  query(sql: string, values?: readonly (string | number)[]): Promise<SqlRow[]>;
  close(): Promise<void>;
}

export interface Clock {
  /** Wall clock, for people to read. */
  nowMs(): number;
  /** Never jumps. For every duration and deadline. */
  monotonicMs(): number;
  /** Rejects with the signal's reason when aborted. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** Append-only lines of one run. `sync` means: on disk before the promise resolves. */
export interface JournalStore {
  append(runId: string, line: string, sync: boolean): Promise<void>;
  read(runId: string): Promise<string[]>;
  list(): Promise<string[]>;
  /** The run has ended: nothing of it need be kept open. A later `append` opens it again. */
  close?(runId: string): Promise<void>;
}

/** Values of `{ secret: name }`. Never logged, never in a journal. */
export interface SecretStore {
  get(name: string): Promise<string | undefined>;
}

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
