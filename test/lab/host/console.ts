import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { shellQuote } from '../../../src/core/quote';
import type { Outcome } from '../run';
import type { HostName } from '../site';
import { initOf } from './power';

export interface ConsoleOptions {
  /** Becomes the script's standard input. */
  readonly input?: string;
  /** Default 60,000. */
  readonly timeoutMs?: number;
}

/** A host that is off, or went off while a script ran on it. */
export class HostIsOff extends Error {
  constructor(readonly host: HostName) {
    super(`${host} is off`);
    this.name = 'HostIsOff';
  }
}

/**
 * root's console of one host: no network, no ssh, works whatever the host's state is. Shells are kept, one for each
 * script that runs at the same time, so that a call costs about a millisecond.
 */
export class Console {
  private idle: KeptShell[] = [];

  constructor(private readonly host: HostName) {}

  /** Runs `script` by /bin/sh. @throws HostIsOff; Error after the timeout. */
  async run(script: string, options: ConsoleOptions = {}): Promise<Outcome> {
    const shell = await this.take();
    const outcome = await shell.run(script, options);
    this.idle.push(shell);
    return outcome;
  }

  /** Forgets the kept shells; also after a power off. */
  close(): void {
    for (const shell of this.idle) shell.end();
    this.idle = [];
  }

  private async take(): Promise<KeptShell> {
    const init = await initOf(this.host);
    if (init === undefined) {
      this.close();
      throw new HostIsOff(this.host);
    }
    this.idle = this.idle.filter((shell) => shell.alive && shell.init === init);
    return this.idle.pop() ?? new KeptShell(this.host, init);
  }
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

class KeptShell {
  alive = true;
  private readonly child: Child;
  private stdout = '';
  private stderr = '';
  private changed: () => void = () => undefined;

  constructor(
    private readonly host: HostName,
    readonly init: number,
  ) {
    const clean = ['env', '-i', 'HOME=/root', 'TERM=dumb', 'LANG=C.UTF-8', `PATH=${PATH}`, 'sh'];
    this.child = spawn('nsenter', ['-t', String(init), '-m', '-u', '-i', '-n', '-p', '-w', '--', ...clean], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      this.changed();
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
      this.changed();
    });
    this.child.stdin.on('error', () => undefined);
    this.child.on('error', () => this.died());
    this.child.on('close', () => this.died());
    // A kept shell must not hold up the end of its test process.
    this.child.unref();
    for (const pipe of [this.child.stdin, this.child.stdout, this.child.stderr]) {
      (pipe as unknown as { unref(): void }).unref();
    }
  }

  async run(script: string, options: ConsoleOptions): Promise<Outcome> {
    const mark = randomBytes(9).toString('hex');
    const body = `(eval ${shellQuote(script)})`;
    const line =
      options.input === undefined
        ? `${body} </dev/null`
        : `base64 -d <<'${mark}' | ${body}\n${Buffer.from(options.input).toString('base64')}\n${mark}`;
    this.stdout = '';
    this.stderr = '';
    const ended = new RegExp(`^([^]*)\\n${mark} (\\d+)\\n$`);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      this.end();
    }, options.timeoutMs ?? 60_000);
    try {
      return await new Promise<Outcome>((resolve, reject) => {
        this.changed = () => {
          const out = ended.exec(this.stdout);
          const err = ended.exec(this.stderr);
          if (out && err)
            return resolve({ code: Number(out[2]), stdout: out[1] ?? '', stderr: err[1] ?? '' });
          if (this.alive) return;
          const late = `${this.host}: console script ran longer than ${options.timeoutMs ?? 60_000} ms: ${script}`;
          reject(timedOut ? new Error(late) : new HostIsOff(this.host));
        };
        this.child.stdin.write(
          `${line}\nc=$?; printf '\\n${mark} %s\\n' $c >&2; printf '\\n${mark} %s\\n' $c\n`,
        );
        this.changed();
      });
    } finally {
      clearTimeout(timer);
      this.changed = () => undefined;
    }
  }

  end(): void {
    // The group: nsenter has forked, and the script may have children.
    if (this.alive && this.child.pid) process.kill(-this.child.pid, 'SIGKILL');
  }

  private died(): void {
    this.alive = false;
    this.changed();
  }
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
