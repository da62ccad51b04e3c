import { spawn } from 'node:child_process';
import type { Lab } from '../lab';
import type { ControllerName } from '../site';
import { waitFor } from '../wait';

/** An ssh session of the operator in which something is written five times a second. */
export class SshSession {
  private lines = 0;
  private lastAtMs = performance.now();

  private constructor(private readonly child: ReturnType<typeof spawn>) {
    child.stdout?.on('data', (chunk: Buffer) => {
      this.lines += chunk.toString('utf8').split('\n').length - 1;
      this.lastAtMs = performance.now();
    });
  }

  /** Resolves when the session runs. */
  static async to(lab: Lab, host: ControllerName): Promise<SshSession> {
    const session = new SshSession(
      spawn('ssh', ['-F', lab.operator.sshConfigFile, host, 'while :; do echo line; sleep 0.2; done'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    await waitFor(`an ssh session to ${host}`, 20_000, () => session.lines > 2);
    return session;
  }

  /** ms since it was last heard. */
  get silentMs(): number {
    return performance.now() - this.lastAtMs;
  }

  end(): void {
    this.child.kill('SIGKILL');
  }
}
