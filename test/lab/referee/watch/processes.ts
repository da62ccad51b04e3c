import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import type { SeenProcess, WatchedProcess } from '../judge/processes';
import type { Boot } from './hosts';

const WATCHED = new Map<string, WatchedProcess>([
  ['cmon', 'cmon'],
  ['lsyncd', 'lsyncd'],
]);

/**
 * One look at the host's own /proc, from outside and without starting anything. Undefined: it couldn't be read.
 * A zombie doesn't run. A child of the same name is a fork on its way to become another program.
 */
export function scanProcesses(boot: Boot): SeenProcess[] | undefined {
  const proc = `/proc/${String(boot.pid)}/root/proc`;
  const found: (SeenProcess & { parent: number })[] = [];
  try {
    for (const entry of readdirSync(proc)) {
      const first = entry.charCodeAt(0);
      if (first < 48 || first > 57) continue;
      const name = WATCHED.get(nameOf(`${proc}/${entry}/comm`));
      if (name === undefined) continue;
      const stat = quietly(() => readFileSync(`${proc}/${entry}/stat`, 'latin1'));
      // The name stands in brackets and may hold anything; the fields start behind it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (stat === '' || fields[0] === 'Z' || fields[0] === 'X') continue;
      found.push({ name, pid: Number(entry), startTicks: Number(fields[19]), parent: Number(fields[1]) });
    }
  } catch {
    return undefined;
  }
  return found
    .filter((one) => !found.some((other) => other.pid === one.parent && other.name === one.name))
    .map(({ name, pid, startTicks }) => ({ name, pid, startTicks }));
}

/** A name has 15 characters and a line feed. */
const line = Buffer.alloc(64);

/** Done thousands of times a second: a third of the cost of readFile, which asks for the size and reads to the end. */
function nameOf(comm: string): string {
  let file: number;
  try {
    file = openSync(comm, 'r');
  } catch {
    return '';
  }
  try {
    return line.toString('latin1', 0, Math.max(0, readSync(file, line, 0, line.length, null) - 1));
  } catch {
    return '';
  } finally {
    closeSync(file);
  }
}

/** Processes end between the listing and the reading. */
function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
