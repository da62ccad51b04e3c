import { access, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE } from '../places';
import { must } from '../run';
import { ADDRESS, HOSTS, type HostName } from '../site';
import { withLock } from './lock';

const KEYS = join(CACHE, 'keys');
const HOST_KEY_TYPES = ['ed25519', 'ecdsa'] as const;

/**
 * The lab's keys, made once: `id_rsa` that root shares on all hosts, `operator` (the workstation's own) and each host's
 * host keys, with `known_hosts`. They open nothing but labs.
 */
export async function labKeys(): Promise<string> {
  return withLock(join(CACHE, 'keys.lock'), async () => {
    const there = await access(KEYS).then(
      () => true,
      () => false,
    );
    if (there) return KEYS;
    const building = `${KEYS}.building`;
    await rm(building, { recursive: true, force: true });
    await mkdir(building, { recursive: true, mode: 0o700 });
    await generate(join(building, 'id_rsa'), 'rsa', 'root@cc1');
    await generate(join(building, 'operator'), 'ed25519', 'operator@workstation');
    const known: string[] = [];
    for (const host of HOSTS) {
      for (const type of HOST_KEY_TYPES) {
        const file = join(building, hostKeyFile(host, type));
        await generate(file, type, `root@${host}`);
        const [kind, key] = (await readFile(`${file}.pub`, 'utf8')).split(' ');
        known.push(`${host},${host}.local,${ADDRESS[host]} ${kind} ${key}`);
      }
    }
    await writeFile(join(building, 'known_hosts'), `${known.join('\n')}\n`);
    await rename(building, KEYS);
    return KEYS;
  });
}

/** Copies a host's own host keys into its root. */
export async function installHostKeys(keys: string, host: HostName, root: string): Promise<void> {
  for (const type of HOST_KEY_TYPES) {
    for (const end of ['', '.pub']) {
      await copyFile(
        join(keys, hostKeyFile(host, type) + end),
        join(root, `etc/ssh/ssh_host_${type}_key${end}`),
      );
    }
  }
}

function hostKeyFile(host: HostName, type: string): string {
  return `${host}_ssh_host_${type}_key`;
}

async function generate(file: string, type: string, comment: string): Promise<void> {
  const bits = type === 'rsa' ? ['-b', '3072'] : [];
  await must('ssh-keygen', ['-q', '-t', type, ...bits, '-N', '', '-C', comment, '-f', file]);
}
