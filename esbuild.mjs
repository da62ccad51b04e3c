// Bundles: the extension host, the CLI, the webview page. `node esbuild.mjs --watch` keeps building.
import { build, context } from 'esbuild';
import { existsSync } from 'node:fs';

const production = process.argv.includes('--production');
const common = {
  bundle: true,
  minify: production,
  sourcemap: !production,
  legalComments: 'none',
  logLevel: 'warning',
};

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // cpu-features and ssh2's *.node are optional speed-ups of ssh2: it works without them.
  external: ['vscode', 'cpu-features', '*.node'],
  outdir: 'dist',
};
const page = {
  ...common,
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
  await Promise.all(bundles.map((bundle) => build(bundle)));
}
