import { type ChildProcess, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { REPOSITORY } from './places';

const OUT = path.join(REPOSITORY, 'node_modules', '.cache', 'clustercontrol-ha');

/** A bundle is one file elsewhere; what a source file finds beside itself it finds there still. */
const ownDirectory: Plugin = {
  name: 'own-directory',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](src|test)[\\/].*\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      if (!text.includes('__dirname')) return undefined;
      return { loader: 'ts', contents: `const __dirname = ${JSON.stringify(path.dirname(file))};${text}` };
    });
  },
};

const built = new Map<string, Promise<string>>();

async function bundle(main: string): Promise<string> {
  const outfile = path.join(OUT, `${path.basename(main, '.ts')}-${process.pid}.js`);
  process.once('exit', () => rmSync(outfile, { force: true }));
  await build({
    entryPoints: [main],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
    plugins: [ownDirectory],
    external: ['cpu-features', '*.node', 'esbuild'],
  });
  return outfile;
}

/**
 * A process of a TypeScript file that is started often: bundled once by this process, because compiling at each start costs a
 * core for a second, and labs side by side share few. Without source maps: each error that is made would be looked up in one.
 */
export async function forkProgram(main: string): Promise<ChildProcess> {
  const known = built.get(main) ?? bundle(main);
  built.set(main, known);
  return fork(await known, [], { execArgv: [] });
}
