import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Boot } from './hosts';

/**
 * One kept shell inside a host, so that a look costs one fork there instead of a spawn here. It lives in the
 * host's process namespace: it dies with the host and holds nothing of it.
 */
export class HostShell {
  private readonly child: ChildProcessWithoutNullStreams;
  private buffer = '';
  private waiting: { resolve: (output: string | undefined) => void }[] = [];
  private ended = false;

  constructor(readonly boot: Boot) {
    const enter = ['-t', String(boot.pid), '-m', '-n', '-p', '-u', '--', 'sh'];
    this.child = spawn('nsenter', enter, { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' } });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => this.take(text));
    this.child.stderr.resume();
    this.child.stdin.on('error', () => this.end());
    this.child.on('error', () => this.end());
    this.child.on('close', () => this.end());
  }

  get alive(): boolean {
    return !this.ended;
  }

  /** The output of a command that succeeded, or undefined. Commands run one after the other. */
  ask(command: string): Promise<string | undefined> {
    if (this.ended) return Promise.resolve(undefined);
    this.child.stdin.write(`${command}\necho "--- $?"\n`);
    return new Promise((resolve) => this.waiting.push({ resolve }));
  }

  close(): void {
    this.child.kill('SIGKILL');
    this.end();
  }

  private take(text: string): void {
    this.buffer += text;
    for (;;) {
      const end = /^--- (\d+)\n/m.exec(this.buffer);
      if (end === null) return;
      const output = this.buffer.slice(0, end.index);
      this.buffer = this.buffer.slice(end.index + end[0].length);
      this.waiting.shift()?.resolve(end[1] === '0' ? output : undefined);
    }
  }

  private end(): void {
    this.ended = true;
    for (const one of this.waiting.splice(0)) one.resolve(undefined);
  }
}
