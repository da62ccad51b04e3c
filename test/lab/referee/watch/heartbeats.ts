import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parseHeartbeats } from '../judge/heartbeatLog';
import { Ranges } from '../judge/ranges';
import type { Boot } from './hosts';

/** Where the stand-in cmon notes each heartbeat that MySQL acknowledged. */
const LOG = '/var/log/cmon-heartbeat.log';
const CHUNK_BYTES = 64 * 1024;

/**
 * Follows one host's log of acknowledged heartbeats. Read while the host lives: a power cut may take what its disk
 * had not synced, and the acknowledgement was given all the same. The file is never kept open (see HostFinder).
 */
export class HeartbeatTail {
  private readonly ids = new Set<number>();
  private offset: number | undefined;
  private rest = '';
  private readonly chunk = Buffer.alloc(CHUNK_BYTES);

  constructor(
    readonly host: string,
    private readonly log = LOG,
  ) {}

  /** Reads what is new; the first call skips what is older than the watch. */
  read(boot: Boot | undefined): void {
    if (boot === undefined) return;
    let file: number;
    try {
      file = openSync(`/proc/${String(boot.pid)}/root${this.log}`, 'r');
    } catch {
      // No log yet: all that comes is new.
      this.offset ??= 0;
      return;
    }
    try {
      const { size } = fstatSync(file);
      this.offset ??= size;
      // A power cut took its end. What is left was read, or is older than the watch; half a line of before has no other half.
      if (size < this.offset) {
        this.offset = size;
        this.rest = '';
      }
      if (size > this.offset) this.take(file, this.offset);
    } finally {
      closeSync(file);
    }
  }

  acknowledged(): Ranges {
    return Ranges.of([...this.ids].sort((a, b) => a - b));
  }

  private take(file: number, from: number): void {
    const length = readSync(file, this.chunk, 0, CHUNK_BYTES, from);
    this.offset = from + length;
    const lines = (this.rest + this.chunk.toString('latin1', 0, length)).split('\n');
    this.rest = lines.pop() ?? '';
    for (const id of parseHeartbeats(lines, this.host)) this.ids.add(id);
  }
}
