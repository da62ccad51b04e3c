// `node test/all/bootstrap.mjs SCRIPT.ts [ARG ...]`: the first step of every command that must work in a fresh clone.
// Installs node_modules when they are missing or older than the lock file, then runs the TypeScript script.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const installed = path.join(root, 'node_modules/.package-lock.json');
const lock = path.join(root, 'package-lock.json');

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  console.error('Installing node_modules (npm ci) …');
  const result = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) {
    console.error('npm ci failed: nothing was run. Is a package registry reachable?');
    process.exit(1);
  }
}

const [script, ...args] = process.argv.slice(2);
const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
const child = spawnSync(process.execPath, [tsx, path.join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(child.status ?? 1);
