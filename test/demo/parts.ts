import path from 'node:path';
import { findCapsule, stopCapsule, type Capsule } from '../lab/capsule/capsule';
import { REPOSITORY } from '../lab/places';
import { must } from '../lab/run';
import { up } from '../lab/up';

const bin = (name: string): string => path.join(REPOSITORY, 'node_modules', '.bin', name);

/** Builds and packs the extension as it would be published. Returns the VSIX. */
export async function packExtension(folder: string): Promise<string> {
  const file = path.join(folder, 'clustercontrol-ha.vsix');
  const options = { cwd: REPOSITORY };
  await must(process.execPath, ['esbuild.mjs', '--production'], options);
  await must(
    bin('vsce'),
    [
      'package',
      '--no-dependencies',
      '--allow-missing-repository',
      '--no-rewrite-relative-links',
      '--out',
      file,
    ],
    options,
  );
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
