import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CACHE } from '../places';
import { profileOf } from '../profile';
import type { ProfileName } from '../site';
import { withLock } from './lock';

/** Templates of one profile that are kept: one for each branch of work that is alive. */
const KEPT = 3;

/**
 * The folder with deployed images of a profile, made by `make` when there is none for these sources.
 * A template's hosts have been shut down in an orderly way; each keeps its own server_uuid and machine-id.
 */
export async function templateOf(
  profile: ProfileName,
  base: string,
  make: (saveTo: string) => Promise<void>,
): Promise<string> {
  const key = createHash('sha256').update(basename(base));
  for (const source of profileOf(profile).sources) await addFiles(key, source);
  const folder = join(CACHE, `deployed-${profile}-${key.digest('hex').slice(0, 12)}`);
  return withLock(join(CACHE, `deployed-${profile}.lock`), async () => {
    const there = await access(folder).then(
      () => true,
      () => false,
    );
    if (there) return folder;
    const building = `${folder}.building`;
    await rm(building, { recursive: true, force: true });
    await mkdir(building, { recursive: true });
    await make(building);
    await rename(building, folder);
    await forget(`deployed-${profile}-`);
    return folder;
  });
}

async function addFiles(key: ReturnType<typeof createHash>, path: string): Promise<void> {
  const what = await stat(path).catch(() => undefined);
  if (what?.isDirectory()) {
    for (const name of (await readdir(path)).sort()) await addFiles(key, join(path, name));
  } else if (what) {
    key.update(`${path}\0${await readFile(path, 'utf8')}\0`);
  }
}

/** Images are copied when a lab boots, so that an old template can go at any time. */
async function forget(prefix: string): Promise<void> {
  const folders = (await readdir(CACHE)).filter((name) => name.startsWith(prefix));
  const aged = await Promise.all(
    folders.map(async (name) => ({ name, at: (await stat(join(CACHE, name))).mtimeMs })),
  );
  for (const { name } of aged.sort((a, b) => b.at - a.at).slice(KEPT)) {
    await rm(join(CACHE, name), { recursive: true, force: true });
  }
}
