import { createHash } from 'node:crypto';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE } from '../places';
import { must, run } from '../run';
import { withLock } from './lock';
import { debianMirror } from './mirror';
import { RECIPE } from './recipe';

/** Key of the base root: the same recipe, the same root. */
export const BASE_KEY = createHash('sha256').update(JSON.stringify(RECIPE)).digest('hex').slice(0, 12);
const BASE = join(CACHE, `base-${BASE_KEY}`);

/**
 * The root that all hosts are overlaid on; built once, in about a minute.
 * Built beside its place and renamed, so that half a root is never used.
 * @throws when sid can't be had, with what was tried.
 */
export async function baseRoot(): Promise<string> {
  return withLock(join(CACHE, 'base.lock'), async () => {
    if (await exists(BASE)) return BASE;
    const building = `${BASE}.building`;
    await removeHalves();
    await mkdir(building, { recursive: true });
    const mirror = await debianMirror();
    process.stderr.write(`lab: building the base root from ${mirror} (once, about a minute)\n`);
    const arguments_ = [
      '--variant=minbase',
      `--include=${RECIPE.packages.join(',')}`,
      RECIPE.suite,
      building,
      mirror,
    ];
    const built = await run('debootstrap', arguments_);
    if (built.code !== 0) {
      const said = `${built.stdout}\n${built.stderr}`.trim().split('\n').slice(-12).join('\n');
      throw new Error(
        `The lab needs Debian ${RECIPE.suite} (the only source of MySQL 9) from ${mirror}, and it can't be built:\n${said}\n` +
          `sid changes daily: a package may be uninstallable today. Try later, or copy ${BASE} from another machine.`,
      );
    }
    await must('chroot', [building, '/bin/sh', '-c', RECIPE.finish]);
    await rename(building, BASE);
    return BASE;
  });
}

/** What a killed build left, of this recipe or another. */
async function removeHalves(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    if (/^base-.*\.building$/.test(name)) await rm(join(CACHE, name), { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
