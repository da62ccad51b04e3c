import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { findCapsule, stopCapsule, type Capsule } from '../lab/capsule/capsule';
import { REPOSITORY } from '../lab/places';
import { must } from '../lab/run';
import { up } from '../lab/up';

/** Neither results nor tests nor dependencies belong in the package. */
const LEFT_OUT: ReadonlySet<string> = new Set(['.git', 'node_modules', 'dist', 'test', 'test-results']);

/**
 * Builds and packs the extension as it would be published, in a copy: other commands may be using the
 * repository's own dist. Returns the VSIX.
 */
export async function packExtension(folder: string): Promise<string> {
  const copy = path.join(folder, 'build');
  const file = path.join(folder, 'clustercontrol-ha.vsix');
  await mkdir(copy);
  for (const name of await readdir(REPOSITORY)) {
    if (!LEFT_OUT.has(name))
      await cp(path.join(REPOSITORY, name), path.join(copy, name), { recursive: true });
  }
  await symlink(path.join(REPOSITORY, 'node_modules'), path.join(copy, 'node_modules'));
  await must('npm', ['run', '--silent', 'package', '--', '--out', file], { cwd: copy });
  return file;
}

/** VS Code, and a browser where one is wanted, out of the cache or installed now. */
export async function prepareEditor(withBrowser: boolean): Promise<void> {
  const script = path.join(__dirname, 'editorReady.ts');
  const words = ['--import', 'tsx', script, ...(withBrowser ? ['--browser'] : [])];
  process.stderr.write(await must(process.execPath, words, { cwd: REPOSITORY }));
}

const NAME = `demo-${process.pid}`;

/** Three real hosts on which the product's roles, lease and guard are deployed. They die with this process. */
export function bootLab(): Promise<Capsule> {
  return up({ name: NAME, profile: 'hardened', lifeline: 'held' });
}

/** Ends the lab, also one that is still booting, and one that only makes the template of it. */
export async function endLab(): Promise<void> {
  for (const name of [NAME, `template-${process.pid}`]) {
    const capsule = await findCapsule(name);
    if (capsule) await stopCapsule(capsule);
  }
}
