import { spawn, type SpawnOptions } from 'node:child_process';

export interface Outcome {
  /** Exit code; 128 + N when signal N ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The program is killed after that; the outcome says 137. */
  readonly timeoutMs?: number;
  /** Show the program's output to the person who waits. */
  readonly inherit?: boolean;
}

/** Runs a program to its end. @throws when it can't be started at all. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const output = options.inherit ? 'inherit' : 'pipe';
  const spawnOptions: SpawnOptions = {
    stdio: [options.input === undefined ? 'ignore' : 'pipe', output, output],
  };
  if (options.env) spawnOptions.env = options.env;
  if (options.cwd) spawnOptions.cwd = options.cwd;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, spawnOptions);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const timer = options.timeoutMs ? setTimeout(() => child.kill('SIGKILL'), options.timeoutMs) : undefined;
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? (signal === 'SIGKILL' ? 137 : 143), stdout, stderr });
    });
    // A program that ends before it has read everything: its exit code says so.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
  });
}

/** As `run`, but an exit code other than 0 is an error that shows what was said. */
export async function must(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const outcome = await run(file, args, options);
  if (outcome.code !== 0) {
    throw new Error(
      `${file} ${args.join(' ')}: exit ${outcome.code}\n${(outcome.stderr || outcome.stdout).trimEnd()}`,
    );
  }
  return outcome.stdout;
}
