import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CGROUP_PARENT } from '../places';
import { must } from '../run';
import { waitFor } from '../wait';

/** One lab's namespaces, seen from the machine. */
export interface Capsule {
  readonly name: string;
  /** Its first process, as the machine counts. */
  readonly pid: number;
}

export interface StartedCapsule extends Capsule {
  /** From now on it outlives this process, until `stopCapsule`. */
  release(): Promise<void>;
}

/**
 * Starts an empty capsule: own mounts, processes, cgroup, and a network that holds the bridge.
 * It dies when this process dies, even by SIGKILL, until it is released.
 * @throws when one of that name runs.
 */
export async function startCapsule(name: string): Promise<StartedCapsule> {
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(name))
    throw new Error(`a lab's name is made of a-z, 0-9 and -: ${name}`);
  if (await findCapsule(name))
    throw new Error(`lab ${name} runs already: npm run lab -- down --name ${name}`);
  const child = spawn('unshare', ['--mount', join(__dirname, 'start.sh'), name], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const ended = once(child, 'exit');
  const ready = once(child.stdout, 'data');
  const first = await Promise.race([ready.then(() => 'ready'), ended.then(() => 'ended')]);
  if (first === 'ended') throw new Error(`capsule ${name} did not start: ${said.trim()}`);
  child.stdout.destroy();
  child.stderr.destroy();
  child.unref();
  // The lifeline: a pipe that only this process holds. It must not hold up this process's own end.
  const lifeline = child.stdin as Socket;
  lifeline.unref();
  lifeline.on('error', () => undefined);
  const capsule = await waitFor(`capsule ${name}`, 5000, () => findCapsule(name), 10);
  const release = (): Promise<void> => new Promise((resolve) => lifeline.end('free\n', () => resolve()));
  return { ...capsule, release };
}

/** All capsules of this machine that run. */
export async function listCapsules(): Promise<Capsule[]> {
  const found: Capsule[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const [cgroup, status] = await Promise.all(
      ['cgroup', 'status'].map((file) => readFile(`/proc/${entry}/${file}`, 'utf8').catch(() => '')),
    );
    const name = new RegExp(`^0::/${CGROUP_PARENT}/([^/\\n]+)$`, 'm').exec(cgroup ?? '')?.[1];
    // The first process of a namespace directly below ours.
    if (name && /^NSpid:\t\d+\t1$/m.test(status ?? '')) found.push({ name, pid: Number(entry) });
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

export async function findCapsule(name: string): Promise<Capsule | undefined> {
  return (await listCapsules()).find((capsule) => capsule.name === name);
}

/** The end of a capsule and of all that is in it. Returns when its cgroups are gone too. */
export async function stopCapsule(capsule: Capsule): Promise<void> {
  if ((await findCapsule(capsule.name))?.pid === capsule.pid) process.kill(capsule.pid, 'SIGKILL');
  await waitFor(
    `the end of capsule ${capsule.name}`,
    15_000,
    async () => !(await cgroupExists(capsule.name)),
    20,
  );
}

/** How to start a program inside: `[file, ...args]`. */
export function insideArguments(capsule: Capsule, command: readonly string[]): string[] {
  const enter = [
    'nsenter',
    '-t',
    String(capsule.pid),
    '-m',
    '-n',
    '-p',
    '-C',
    `--wdns=${process.cwd()}`,
    '--',
    ...command,
  ];
  return ['unshare', '--mount', join(__dirname, 'join.sh'), capsule.name, ...enter];
}

async function cgroupExists(name: string): Promise<boolean> {
  return (await inCgroups(`[ -d "$1/${CGROUP_PARENT}/${name}" ] && echo yes || true`)).includes('yes');
}

/** Removes what killed labs left: cgroups without a process. Of a running one also those that are empty stay. */
export async function reapCgroups(): Promise<void> {
  const dead = `grep -qsx 'populated 0' "$lab/cgroup.events"`;
  const remove = 'find "$lab" -depth -type d -exec rmdir {} + 2>/dev/null';
  await inCgroups(
    `for lab in "$1/${CGROUP_PARENT}"/*; do ! ${dead} || ${remove} || true; done
     rmdir "$1/${CGROUP_PARENT}" 2>/dev/null || true`,
  );
}

async function inCgroups(script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cgroup2-'));
  try {
    const text = `mount -t cgroup2 cgroup2 "$1" && { ${script}; }`;
    return await must('unshare', ['--mount', 'sh', '-c', text, 'sh', folder]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
