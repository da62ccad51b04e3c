import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PARTS = join(import.meta.dirname, '../../media/host/parts');

/** Nothing of the machine that runs the tests is asked or changed, also where a test names no stand-in. */
const NEVER_REAL = ['systemctl', 'pkill', 'pgrep', 'mysql', 'mysqlbinlog', 'iptables', 'ip', 'rsync', 'ssh'];

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with programs that stand for a host's own, and a shell that finds them before the real ones. */
export class ShellStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'stage-'));
  private readonly bin = join(this.folder, 'bin');

  constructor(programs: Readonly<Record<string, string>> = {}) {
    mkdirSync(this.bin);
    for (const name of NEVER_REAL) this.program(name, 'exit 1');
    for (const [name, body] of Object.entries(programs)) this.program(name, body);
  }

  /** @param body shell text; `$STAGE` is this folder. Each call is noted in `calls`. */
  program(name: string, body: string): void {
    const path = join(this.bin, name);
    writeFileSync(path, `#!/bin/sh\necho "${name} $*" >>"$STAGE/calls"\n${body}\n`);
    chmodSync(path, 0o755);
  }

  put(name: string, text = ''): string {
    writeFileSync(join(this.folder, name), text);
    return join(this.folder, name);
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  calls(): string {
    return this.has('calls') ? readFileSync(join(this.folder, 'calls'), 'utf8') : '';
  }

  run(script: string, [shell, ...options]: readonly [string, ...string[]] = ['/bin/sh']): Ran {
    const env = { PATH: `${this.bin}:${process.env['PATH'] ?? ''}`, STAGE: this.folder };
    // By a name without a slash: the helper looks for programs beside itself first.
    const { status, stdout, stderr } = spawnSync(shell, [...options, '-c', script, 'stage'], {
      env: {
        ...env,
        CLUSTERCONTROL_HA_STATE: this.folder,
        CLUSTERCONTROL_HA_RUNTIME: this.folder,
        CLUSTERCONTROL_HA_SETTINGS: '/dev/null',
      },
      encoding: 'utf8',
      timeout: 20_000,
    });
    return { exitCode: status, stdout, stderr };
  }

  /** One call inside the helper, its records and marks in this folder. */
  helper(call: string, parts: readonly string[], shell?: readonly [string, ...string[]]): Ran {
    return this.run([...parts.map((part) => `. ${join(PARTS, `${part}.sh`)}`), call].join('\n'), shell);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
