import { spawn } from 'node:child_process';
import { open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { must, run } from '../run';
import { HOSTS, type HostName } from '../site';
import { waitFor } from '../wait';
import { cutDisk, remountDisk } from './disk';
import { hostFiles } from './files';
import { connect, disconnect } from './network';

/** SIGRTMIN+4: what systemd takes for `systemctl poweroff`. */
const POWEROFF_SIGNAL = 38;
const SOFT_OFF_MS = 90_000;
const HARD_OFF_MS = 15_000;
const BOOT_MS = 10_000;

/** Mounts a host's root: its own disk over the base. */
export async function mountRoot(host: HostName, base: string): Promise<void> {
  const { disk, root } = hostFiles(host);
  // Without redirect_dir a rename of a folder fails with EXDEV, and CLONE kills mysqld.
  const layers = `redirect_dir=on,lowerdir=${base},upperdir=${disk}/upper,workdir=${disk}/work`;
  await must('mount', ['-t', 'overlay', 'overlay', '-o', layers, root]);
}

export async function unmountRoot(host: HostName): Promise<void> {
  await must('umount', [hostFiles(host).root]);
}

/** Boots a host that is off. Returns as soon as its first process runs. */
export async function switchOn(host: HostName, base: string): Promise<void> {
  const files = hostFiles(host);
  if (await initOf(host)) throw new Error(`${host} is on`);
  await connect(host);
  await mountRoot(host, base);
  const log = await open(files.consoleLog, 'a');
  const child = spawn('unshare', ['--mount', 'sh', '-c', inOwnMounts(host), 'sh', ...nspawnArguments(host)], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: {
      PATH: process.env['PATH'],
      SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1',
      // `1` would show the machine's own sysctls to the host; `network` lets it set those of its network namespace.
      SYSTEMD_NSPAWN_API_VFS_WRITABLE: 'network',
    },
  });
  child.unref();
  await log.close();
  await writeFile(files.pid, String(child.pid));
  const what = `${host} to boot; ${files.consoleLog} may say more`;
  await waitFor(what, BOOT_MS, () => initOf(host), 5).catch(async (error: unknown) => {
    await endByForce(host, Number(child.pid));
    await clear(host);
    throw error;
  });
}

async function endByForce(host: HostName, nspawn: number): Promise<void> {
  // Without a cgroup it never began.
  await writeFile(`${hostFiles(host).cgroup}/cgroup.kill`, '1').catch(() => undefined);
  await waitFor(`the end of ${host} by force`, HARD_OFF_MS, () => hasEnded(nspawn), 20);
}

async function hasEnded(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/status`).catch(() => undefined)) === undefined;
}

/** What a host that is off leaves; whatever stays would be in the way of its next boot. */
async function clear(host: HostName): Promise<void> {
  const { pid, cgroup } = hostFiles(host);
  await rm(pid, { force: true });
  await disconnect(host);
  await unmountRoot(host);
  await run('find', [cgroup, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', '+']);
}

/** A container that has seen another host's disk would keep it busy when that host's power is cut. */
function inOwnMounts(host: HostName): string {
  const { cgroup } = hostFiles(host);
  const others = HOSTS.filter((other) => other !== host).map(hostFiles);
  const unmount = others.map(({ root, disk }) => `umount -q ${root}; umount -q ${disk}`).join('; ');
  return `${unmount}; mkdir -p ${cgroup} && echo $$ > ${cgroup}/cgroup.procs && exec systemd-nspawn "$@"`;
}

function nspawnArguments(host: HostName): string[] {
  const { root, netns } = hostFiles(host);
  return [
    ...['--quiet', '--register=no', '--keep-unit', '--settings=no', `--directory=${root}`],
    ...[`--machine=${host}`, `--hostname=${host}`, `--network-namespace-path=/run/netns/${netns}`],
    ...[
      '--resolv-conf=off',
      '--timezone=off',
      '--link-journal=no',
      '--capability=CAP_NET_ADMIN',
      '--console=pipe',
    ],
    ...['--boot', 'systemd.log_target=journal'],
  ];
}

/** The host's process 1, as this capsule counts; undefined: the host is off. */
export async function initOf(host: HostName): Promise<number | undefined> {
  const nspawn = await readFile(hostFiles(host).pid, 'utf8').catch(() => undefined);
  if (!nspawn) return undefined;
  const children = await readFile(`/proc/${nspawn}/task/${nspawn}/children`, 'utf8').catch(() => '');
  for (const child of children.trim().split(' ').filter(Boolean)) {
    const status = await readFile(`/proc/${child}/status`, 'utf8').catch(() => '');
    if (/^NSpid:.*\t1$/m.test(status)) return Number(child);
  }
  return undefined;
}

/**
 * hard: the power is cut. The cable goes first (nothing is sent), then the disk (what was not synced is lost), then
 * every process, then the network namespace. soft: an orderly shutdown; cut when that takes longer than 90 s.
 */
export async function switchOff(host: HostName, how: 'hard' | 'soft'): Promise<void> {
  const files = hostFiles(host);
  const init = await initOf(host);
  if (init === undefined) return;
  const nspawn = Number(await readFile(files.pid, 'utf8'));
  if (how === 'hard') {
    await must('ip', ['link', 'set', files.port, 'down']);
    await cutDisk(host);
    process.kill(init, 'SIGKILL');
  } else {
    process.kill(init, POWEROFF_SIGNAL);
  }
  const gone = async (): Promise<boolean> => {
    await freeStoppedConsoles(init);
    return hasEnded(nspawn);
  };
  const limitMs = how === 'hard' ? HARD_OFF_MS : SOFT_OFF_MS;
  let late: unknown;
  await waitFor(`the end of ${host}`, limitMs, gone, 20).catch(async (error: unknown) => {
    late = error;
    await endByForce(host, nspawn);
  });
  await clear(host);
  if (how !== 'hard') return;
  await remountDisk(host);
  // Its power was not cut when it was said to be; it is off now, and can be switched on again.
  if (late !== undefined) throw late;
}

/**
 * A shutdown stops every process before it ends them, and nsenter then stops itself, for ever: its shell would stay a
 * zombie of the host and hold up the shutdown for 90 s.
 */
async function freeStoppedConsoles(init: number): Promise<void> {
  for (const entry of await readdir('/proc')) {
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    if (!stat.includes('(nsenter) T')) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (command.split('\0')[2] === String(init)) process.kill(Number(entry), 'SIGKILL');
  }
}
