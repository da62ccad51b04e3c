// One suite on a lab of its own: tsx test/all/lab.ts PROFILE NAME SPEC...   (PROFILE `outside`: mocha on the machine itself)
// Prints the closing line. A machine that can't have a lab skips, and says why.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { closingText, type Counts } from './closingLine';
import { ROOT } from './suites';
import { skippedWithoutLab } from './skippedWithoutLab';

/** A starved machine can spoil a case that races with real clocks: it is tried once more, and the summary says so. */
const RETRIES = ['--retries', '1', '--require', 'test/lab/retried.ts'];
const MOCHA = ['--config', '.mocharc.json', '--timeout', '120000', '--exit', ...RETRIES];

function count(output: string, word: string): number {
  return [...output.matchAll(new RegExp(`^\\s+(\\d+) ${word}`, 'gm'))].reduce(
    (sum, match) => sum + Number(match[1]),
    0,
  );
}

async function main([profile, name, ...specs]: readonly string[]): Promise<number> {
  if (skippedWithoutLab()) return 0;
  const bin = path.join(ROOT, 'node_modules/.bin');
  const [command, args] =
    profile === 'outside'
      ? [path.join(bin, 'mocha'), [...MOCHA, ...specs]]
      : [
          path.join(bin, 'tsx'),
          [
            'test/lab/run-suite.ts',
            '--profile',
            String(profile),
            '--name',
            String(name),
            ...specs,
            '--',
            ...RETRIES,
          ],
        ];
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += stripVTControlCharacters(chunk.toString('utf8'));
    process.stdout.write(chunk);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const counts: Counts = {
    passed: count(output, 'passing'),
    failed: count(output, 'failing'),
    skipped: count(output, 'pending'),
  };
  const died = code !== 0 && counts.failed === 0;
  console.log(closingText(died ? { ...counts, failed: 1 } : counts));
  return code ?? 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
