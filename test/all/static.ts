// The checks that need no machine: types, lint with import rules and circles, format. Each counts as one test.
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

let failed = 0;
for (const [command, ...args] of CHECKS) {
  const result = spawnSync(`${ROOT}/node_modules/.bin/${command}`, args, { cwd: ROOT, encoding: 'utf8' });
  const good = result.status === 0;
  failed += good ? 0 : 1;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${command} ${args.join(' ')}`);
  if (!good) console.log(result.stdout + result.stderr);
}
console.log(closingText({ passed: CHECKS.length - failed, failed, skipped: 0 }));
process.exit(failed > 0 ? 1 : 0);
