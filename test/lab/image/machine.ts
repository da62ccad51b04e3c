import { access, readFile, writeFile } from 'node:fs/promises';
import { run } from '../run';

/** What a lab, or a test of scripts, needs of the machine, and the Debian package that has it. */
const PROGRAMS: readonly (readonly [program: string, debianPackage: string])[] = [
  ['/usr/sbin/debootstrap', 'debootstrap'],
  ['/usr/bin/systemd-nspawn', 'systemd-container'],
  ['/usr/sbin/ebtables-nft', 'iptables'],
  ['/usr/bin/ip', 'iproute2'],
  ['/usr/bin/ssh-keygen', 'openssh-client'],
  ['/usr/sbin/mkfs.ext4', 'e2fsprogs'],
  ['/usr/bin/perl', 'perl-base'],
  ['/usr/bin/shellcheck', 'shellcheck'],
  ['/usr/share/keyrings/debian-archive-keyring.gpg', 'debian-archive-keyring'],
];

/**
 * All hosts of all labs are one user to the kernel, and six labs use up Debian's 128 watchers: a keepalived that gets none
 * never hears of its role file (measured). A machine with a host of its own for each doesn't know this.
 */
const WATCHERS = '/proc/sys/fs/inotify/max_user_instances';
const ENOUGH_WATCHERS = 1024;

async function allowWatchers(): Promise<void> {
  const allowed = Number(await readFile(WATCHERS, 'utf8'));
  // Where it may not be raised, few labs run well all the same.
  if (allowed < ENOUGH_WATCHERS) await writeFile(WATCHERS, `${ENOUGH_WATCHERS}`).catch(() => undefined);
}

/** Installs what is missing. @throws with what to do when this isn't a machine on which a lab can run. */
export async function prepareMachine(): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error('The lab boots real hosts in namespaces: run it as root on Linux (Debian 12 or later).');
  }
  // A root shell by `su` has no sbin in its path.
  process.env['PATH'] = `${process.env['PATH'] ?? '/usr/bin:/bin'}:/usr/local/sbin:/usr/sbin:/sbin`;
  await allowWatchers();
  const missing: string[] = [];
  for (const [program, debianPackage] of PROGRAMS) {
    await access(program).catch(() => missing.push(debianPackage));
  }
  if (missing.length === 0) return;
  process.stderr.write(`lab: installing ${missing.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-q', '--no-install-recommends', ...missing];
  let outcome = await run('apt-get', install, { env });
  if (outcome.code !== 0) {
    await run('apt-get', ['update', '-q'], { env });
    outcome = await run('apt-get', install, { env });
  }
  if (outcome.code !== 0) {
    throw new Error(
      `The lab needs the packages ${missing.join(' ')}, and apt-get could not install them:\n${outcome.stderr}`,
    );
  }
}
