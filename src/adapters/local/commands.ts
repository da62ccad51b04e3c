import { spawn, type ChildProcess } from 'node:child_process';
import { OperatorError } from '../../core/errors';
import type { Clock, CommandResult, LocalCommand, LocalCommands } from '../../core/ports';

const OUTPUT_LIMIT = 64_000;
/** Between the polite and the certain end of a command that is over its time. */
const KILL_AFTER_MS = 2_000;

/** Our secrets are for hosts; a command of the operator's has its own ways to its own. */
const SECRETS = /^CCHA_SECRET_/;

/**
 * Runs commands of the operator's own. Each has a process group of its own: an interrupt at the terminal does not end it,
 * and its time limit ends all that it started. Its input is empty.
 */
export class ChildProcesses implements LocalCommands {
  constructor(
    private readonly clock: Clock,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  async run(command: LocalCommand): Promise<CommandResult> {
    const [program = '', ...words] = command.argv;
    const begunAtMs = this.clock.monotonicMs();
    const child = spawn(program, words, {
      env: { ...withoutSecrets(this.environment), ...command.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      shell: false,
    });
    const [stdout, stderr] = [new Kept(command.onOutput), new Kept(command.onOutput)];
    child.stdout.on('data', (chunk: Buffer) => stdout.add(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.add(chunk));
    const late = timeLimit(child, command.timeoutMs);
    try {
      const exitCode = await ended(child, program);
      if (late.over()) throw timedOut(command, stderr.text());
      const durationMs = this.clock.monotonicMs() - begunAtMs;
      return { exitCode, stdout: stdout.text(), stderr: stderr.text(), durationMs };
    } finally {
      late.clear();
    }
  }
}

function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !SECRETS.test(name)));
}

/** Resolves with the exit code; 128 and the signal's number are not told apart from it (sh(1)). */
function ended(child: ChildProcess, program: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(
        new OperatorError({
          code: 'command-failed',
          what: `${program} could not be started on this machine: ${error.message}`,
          state: 'It has done nothing.',
          next: 'Look at its path and its rights in the settings of your hooks (docs/hooks.md).',
          cause: error,
        }),
      );
    });
    // What it left in the background may hold its output open: its own end counts.
    child.once('exit', (code, signal) => {
      setImmediate(() => resolve(code ?? (signal === null ? 1 : 137)));
    });
  });
}

function timeLimit(child: ChildProcess, timeoutMs: number): { over(): boolean; clear(): void } {
  let over = false;
  let certain: NodeJS.Timeout | undefined;
  const polite = setTimeout(() => {
    over = true;
    kill(child, 'SIGTERM');
    certain = setTimeout(() => kill(child, 'SIGKILL'), KILL_AFTER_MS);
  }, timeoutMs);
  return {
    over: () => over,
    clear: () => {
      clearTimeout(polite);
      clearTimeout(certain);
      if (over) kill(child, 'SIGKILL');
    },
  };
}

function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}

function timedOut({ argv, timeoutMs }: LocalCommand, stderr: string): OperatorError {
  const said = stderr.trim().split('\n').at(-1) ?? '';
  return new OperatorError({
    code: 'command-timeout',
    what: `${argv[0] ?? ''} was stopped after ${Math.ceil(timeoutMs / 1000)} s without an end${said ? `: ${said}` : '.'}`,
    command: argv[0],
    state: 'It is not known how much it has done.',
    next: 'See what it has done; give it more time in the settings of your hooks (docs/hooks.md).',
  });
}

/** One stream: its beginning is kept, and whole lines are told as they come. */
class Kept {
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private line = '';

  constructor(private readonly tell: ((text: string) => void) | undefined) {}

  add(chunk: Buffer): void {
    const room = OUTPUT_LIMIT - this.size;
    if (room > 0) {
      this.chunks.push(chunk.subarray(0, room));
      this.size += Math.min(room, chunk.length);
    }
    if (this.tell === undefined) return;
    const text = this.line + chunk.toString('utf8');
    const end = text.lastIndexOf('\n') + 1;
    this.line = text.slice(end).slice(-OUTPUT_LIMIT);
    if (end > 0) this.tell(text.slice(0, end));
  }

  text(): string {
    const cut = this.size >= OUTPUT_LIMIT ? '\n… more was left out' : '';
    return Buffer.concat(this.chunks).toString('utf8') + cut;
  }
}
