import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from '../lab/places';
import { must } from '../lab/run';
import type { Amount } from './figures';

const GOAL = 'at most 1 MB';

function size(file: string): number {
  return statSync(path.join(REPOSITORY, file)).size;
}

/** Packages the extension as it ships. @returns the sizes; `file` is the package, which the activation is measured with. */
export async function packageSizes(
  file: string,
): Promise<{ readonly bundle: Amount; readonly vsix: Amount }> {
  await must('npm', ['run', '--silent', 'package', '--', '--out', file], { cwd: REPOSITORY });
  const chunks = readdirSync(path.join(REPOSITORY, 'dist/chunks')).map((name) => `dist/chunks/${name}`);
  const bundle = ['dist/extension.js', ...chunks].reduce((sum, name) => sum + size(name), 0);
  return {
    bundle: {
      value: bundle,
      unit: 'bytes',
      method: 'dist/extension.js and all chunks, minified; activation reads only the first of them',
      goal: GOAL,
    },
    vsix: {
      value: statSync(file).size,
      unit: 'bytes',
      method: 'the package that npm run package makes',
      goal: GOAL,
    },
  };
}
