import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { closingCounts, type Counts } from './closingLine';
import { LOGS, ROOT, type Suite } from './suites';
import { sawViolation } from './violation';

export interface SuiteResult {
  readonly suite: Suite;
  readonly counts: Counts;
  readonly minutes: number;
  readonly logFile: string;
  /** Lines that say what failed or why something was skipped. */
  readonly remarks: readonly string[];
  /** The referee saw an invariant broken, also in a case that passed when it was tried again. */
  readonly violated: boolean;
}

/** A suite without a closing line died: that is one failure, never silence. */
function resultOf(output: string, code: number | null): { counts: Counts; remarks: string[] } {
  const counts = closingCounts(output);
  if (counts === undefined) {
    return {
      counts: { passed: 0, failed: 1, skipped: 0 },
      remarks: [`ended with ${code} before it counted its tests`],
    };
  }
  if (code !== 0 && counts.failed === 0) {
    return { counts: { ...counts, failed: 1 }, remarks: [`ended with ${code}`] };
  }
  return { counts, remarks: output.split('\n').filter((line) => /^\s*(skipped|retried):/.test(line)) };
}

/** Why each first try failed, in order: what failed first is mostly the cause of the rest. */
function firstReasons(output: string): string[] {
  return output.split('\n').filter((line) => line.startsWith('failed first:'));
}

type Told = ReturnType<typeof resultOf>;

/** What was broken once is broken: no second try makes it whole. */
function notWhole({ counts, remarks }: Told, violated: boolean): Told {
  if (!violated || counts.failed > 0) return { counts, remarks };
  const why = 'the referee saw an invariant broken in a case that passed when it was tried again';
  return { counts: { ...counts, failed: 1 }, remarks: [...remarks, why] };
}

export async function runSuite(suite: Suite, children: Set<number>): Promise<SuiteResult> {
  mkdirSync(LOGS, { recursive: true });
  const logFile = path.join(LOGS, `${suite.name}.log`);
  const started = Date.now();
  const [command, ...args] = suite.command;
  // A group of its own: an interrupted run ends the suite's whole tree.
  const child = spawn(command ?? '', args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...suite.env },
    detached: true,
  });
  if (child.pid !== undefined) children.add(child.pid);
  const log = createWriteStream(logFile);
  let output = '';
  const take = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
    log.write(chunk);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      take(Buffer.from(String(error)));
      resolve(1);
    });
    child.once('close', resolve);
  });
  if (child.pid !== undefined) children.delete(child.pid);
  log.end();
  const minutes = (Date.now() - started) / 60_000;
  const violated = sawViolation(output);
  const result = { suite, minutes, logFile, violated, ...notWhole(resultOf(output, code), violated) };
  if (result.counts.failed > 0) {
    console.log(`--- ${suite.name}: last lines of ${path.relative(ROOT, logFile)}`);
    console.log([...firstReasons(output), ...output.split('\n').slice(-120)].join('\n'));
  }
  return result;
}
