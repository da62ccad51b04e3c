// `node test/all/bootstrap.mjs SCRIPT.ts [ARG ...]`: the first step of every command that must work in a fresh clone.
// Installs node_modules when they are missing or older than the lock file, then runs the TypeScript script.
import { spawn, spawnSync } from 'node:child_process';
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
const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, script), ...args], {
  cwd: root,
  // The channel says nothing; its end tells the script that this process was killed.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
// Whoever is told to end must have time to clean up: this process waits for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm was killed: nobody else would tell the script.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref();
}
child.once('error', (error) => {
  console.error(error);
  process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
