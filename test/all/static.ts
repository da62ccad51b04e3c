// The checks that need no hosts: types, lint with import rules and circles, format, on-host scripts. Each counts as one test.
import { spawnSync } from 'node:child_process';
import { closingText } from './closingLine';
import { ROOT } from './suites';

const CHECKS: readonly (readonly [string, ...string[]])[] = [
  ['tsc', '-p', 'tsconfig.json'],
  ['tsc', '-p', 'webview/tsconfig.json'],
  ['eslint', '.'],
  ['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'webview'],
  ['prettier', '--check', '--log-level', 'warn', '.'],
];

/** The on-host programs as they are built. */
const SCRIPTS = ['clustercontrol-ha', 'manage_snat.sh'].map((name) => `${ROOT}/dist/host/${name}`);

let failed = 0;
let skipped = 0;
for (const [command, ...args] of CHECKS) {
  const result = spawnSync(`${ROOT}/node_modules/.bin/${command}`, args, { cwd: ROOT, encoding: 'utf8' });
  const good = result.status === 0;
  failed += good ? 0 : 1;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${command} ${args.join(' ')}`);
  if (!good) console.log(result.stdout + result.stderr);
}
const shell = spawnSync('shellcheck', ['-s', 'sh', '-S', 'warning', ...SCRIPTS], { encoding: 'utf8' });
if (shell.error) {
  skipped += 1;
  console.log('skip shellcheck: not installed');
} else {
  failed += shell.status === 0 ? 0 : 1;
  console.log(`${shell.status === 0 ? 'ok  ' : 'FAIL'} shellcheck\n${shell.stdout}`.trim());
}
console.log(closingText({ passed: CHECKS.length + 1 - failed - skipped, failed, skipped }));
process.exit(failed > 0 ? 1 : 0);
