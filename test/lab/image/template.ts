import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { CACHE, REPOSITORY } from '../places';
import { profileOf } from '../profile';
import type { ProfileName } from '../site';
import { withLock } from './lock';

/** Templates of one profile that are kept: one for each branch of work that is alive. */
const KEPT = 4;
const BUILDING = '.building';

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
    if (there) {
      // The newest are kept: what is used counts as new.
      await utimes(folder, new Date(), new Date());
      return folder;
    }
    await forget(`deployed-${profile}-`);
    const building = `${folder}${BUILDING}`;
    await mkdir(building, { recursive: true });
    await make(building);
    await rename(building, folder);
    return folder;
  });
}

async function addFiles(key: ReturnType<typeof createHash>, path: string): Promise<void> {
  const what = await stat(path).catch(() => undefined);
  if (what?.isDirectory()) {
    for (const name of (await readdir(path)).sort()) await addFiles(key, join(path, name));
  } else if (what) {
    key.update(`${relative(REPOSITORY, path)}\0${await readFile(path, 'utf8')}\0`);
  }
}

/** Makes room for a new one: old templates, and what a killed build left. */
async function forget(prefix: string): Promise<void> {
  const all = (await readdir(CACHE)).filter((name) => name.startsWith(prefix));
  const halves = all.filter((name) => name.endsWith(BUILDING));
  for (const name of halves) await rm(join(CACHE, name), { recursive: true, force: true });
  const folders = all.filter((name) => !halves.includes(name));
  const aged = await Promise.all(
    folders.map(async (name) => ({ name, at: (await stat(join(CACHE, name))).mtimeMs })),
  );
  for (const { name } of aged.sort((a, b) => b.at - a.at).slice(KEPT - 1)) {
    await rm(join(CACHE, name), { recursive: true, force: true });
  }
}
