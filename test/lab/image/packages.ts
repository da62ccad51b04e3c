import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CACHE } from '../places';
import { run } from '../run';
import { withLock } from './lock';

/** What a fresh controller has to install, and the base root has already. */
export const LACKING = [
  'mysql-server',
  'mysql-server-core',
  'mysql-client',
  'mysql-client-core',
  'mysql-common',
  'keepalived',
  'lsyncd',
  'rsync',
  'psmisc',
] as const;

/** Takes them from a root, with all that they left. */
export const PURGE = `export DEBIAN_FRONTEND=noninteractive
apt-get -y -q purge ${LACKING.join(' ')} >/dev/null 2>&1 || exit 1
rm -rf /var/lib/mysql /var/log/mysql /etc/mysql /etc/keepalived /etc/lsyncd`;

const DOWNLOAD = `${PURGE}
# A mirror's snapshot may be older than its own date allows.
apt-get -q -o Acquire::Check-Valid-Until=false update >/dev/null || exit 1
apt-get -q -y --no-install-recommends --download-only install ${LACKING.join(' ')} || exit 1
cd /var/cache/apt/archives && mkdir kept || exit 1
for file in *.deb; do
  name=$(printf '%s' "$file" | sed 's/%3a/_/g'); mv "$file" "kept/$name" || exit 1
  { dpkg-deb -f "kept/$name"; printf 'Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n' "$name" "$(stat -c %s "kept/$name")" "$(sha256sum <"kept/$name" | cut -d' ' -f1)"; } >>kept/Packages || exit 1
done`;

/** Where the archive for hosts of a base root is. */
export function archiveFolder(base: string): string {
  return join(CACHE, `packages-${basename(base)}`);
}

/**
 * A package archive for hosts without a way out: made once for a base root, from the machine's own mirror.
 * @throws with what apt said.
 */
export async function packageArchive(base: string): Promise<void> {
  const folder = archiveFolder(base);
  await withLock(join(CACHE, 'packages.lock'), async () => {
    if (await stat(folder).catch(() => undefined)) return;
    await mkdir(CACHE, { recursive: true });
    const work = await mkdtemp(join(CACHE, 'packages.building-'));
    try {
      for (const name of ['upper', 'work', 'root']) await mkdir(join(work, name));
      const root = join(work, 'root');
      const made = await run('unshare', ['-m', 'sh', '-c', script(base, work, root)], { input: DOWNLOAD });
      if (made.code !== 0) {
        throw new Error(
          `The lab could not download the packages of a fresh host:\n${made.stdout}${made.stderr}`.trimEnd(),
        );
      }
      await rename(join(work, 'upper/var/cache/apt/archives/kept'), folder);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
}

function script(base: string, work: string, root: string): string {
  return `set -e
mount -t overlay overlay -o 'lowerdir=${base},upperdir=${work}/upper,workdir=${work}/work' '${root}'
mount -t proc proc '${root}/proc'
cp /etc/resolv.conf '${root}/etc/'
chroot '${root}' sh`;
}

/** Copies an archive into a mounted root; apt there knows no other. */
export async function putArchive(archive: string, root: string): Promise<void> {
  const there = join(root, 'srv/packages');
  await mkdir(there, { recursive: true });
  for (const name of await readdir(archive)) await copyFile(join(archive, name), join(there, name));
}

export const APT_SOURCES = 'deb [trusted=yes] file:/srv/packages ./\n';
