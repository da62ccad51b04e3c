import type { SyncedFiles } from './host';

/** `COUNT NEWEST SETTLED`, times in seconds since the epoch. @throws Error when it is something else. */
export function parseSyncedFiles(text: string): SyncedFiles {
  const numbers = text.trim().split(' ').map(Number);
  const [count, newest, settled] = numbers;
  if (numbers.length !== 3 || count === undefined || newest === undefined || settled === undefined) {
    throw new Error(`the files could not be counted: ${text.slice(0, 80)}`);
  }
  if (numbers.some((one) => !Number.isFinite(one))) {
    throw new Error(`the files could not be counted: ${text.slice(0, 80)}`);
  }
  return { count, newestAtMs: Math.round(newest * 1000), settledAtMs: Math.round(settled * 1000) };
}

/** File systems keep times more finely than rsync carries them over. */
const ROUNDING_MS = 1000;

/**
 * How long the standby's copy has lacked a file that the primary has not touched for a minute: the age of that file, or
 * undefined where nothing is missing. lsyncd gathers changes for 15 s, so a minute is no mere delay.
 */
export function staleSinceMs(primary: SyncedFiles, standby: SyncedFiles): number | undefined {
  return primary.settledAtMs > standby.newestAtMs + ROUNDING_MS ? primary.settledAtMs : undefined;
}
