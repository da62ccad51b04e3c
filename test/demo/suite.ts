// `npm test`: the unattended demo as a suite of one test.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { closingText } from '../all/closingLine';
import { skippedWithoutLab } from '../all/skippedWithoutLab';

if (skippedWithoutLab()) process.exit(0);

const child = spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, 'run.ts'), '--check'], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.once('close', (code) => {
  console.log(closingText({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }));
  process.exit(code ?? 1);
});
