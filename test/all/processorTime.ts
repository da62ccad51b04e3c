import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Ticks of all processors since the machine started. */
export interface Ticks {
  readonly busy: number;
  /** Wanted, and given to others by the machine that this one is a guest of (proc_stat(5)). */
  readonly stolen: number;
  readonly idle: number;
  /** Idle, while something waited for a disk. */
  readonly waiting: number;
}

export interface Shares {
  /** Of all processor time, what was worked. 0 to 1. */
  readonly busy: number;
  /** Of the processor time that was wanted, what others had. 0 to 1. */
  readonly stolen: number;
  /** Of all processor time, what was idle while something waited for a disk. 0 to 1. */
  readonly waiting: number;
}

/** A shorter look says little: steal comes in bursts. */
const WINDOW_MS = 30_000;

/** The line of all processors of /proc/stat. Zeros where it has none. */
export function parseTicks(stat: string): Ticks {
  const line = stat.split('\n').find((one) => one.startsWith('cpu ')) ?? '';
  const numbers = line.split(/\s+/).slice(1).map(Number);
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, irq = 0, softirq = 0, stolen = 0] = numbers;
  return { busy: user + nice + system + irq + softirq, stolen, idle, waiting };
}

export function sharesBetween(before: Ticks, after: Ticks): Shares {
  const busy = after.busy - before.busy;
  const stolen = after.stolen - before.stolen;
  const waiting = after.waiting - before.waiting;
  const wanted = busy + stolen;
  const all = wanted + waiting + after.idle - before.idle;
  const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
  return { busy: share(busy, all), stolen: share(stolen, wanted), waiting: share(waiting, all) };
}

function read(): Ticks {
  try {
    return parseTicks(readFileSync('/proc/stat', 'utf8'));
  } catch {
    return parseTicks('');
  }
}

/** What the machine does, and what it loses to others. Nothing is stolen where that isn't told. */
export class ProcessorTime {
  private readonly first = read();
  private older = this.first;
  private newer = { ticks: this.first, atMs: Date.now() };

  /** Of the last half minute or more. */
  lately(): Shares {
    const ticks = read();
    const shares = sharesBetween(this.older, ticks);
    if (Date.now() - this.newer.atMs > WINDOW_MS) {
      this.older = this.newer.ticks;
      this.newer = { ticks, atMs: Date.now() };
    }
    return shares;
  }

  /** Since this was made, in words. */
  told(): string {
    const { busy, stolen, waiting } = sharesBetween(this.first, read());
    const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
    return (
      `${availableParallelism()} cores, ${percent(busy)} busy, ${percent(waiting)} waiting for disks; ` +
      `others had ${percent(stolen)} of what was wanted`
    );
  }
}
