import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { insideArguments, stopCapsule, type Capsule } from '../lab/capsule/capsule';
import { LAB_SOURCES } from '../lab/places';
import { MYSQL_PASSWORD, type HostName, type ProfileName } from '../lab/site';
import { inside, up } from '../lab/up';
import { ROOT } from './build';
import { RefereeInLab } from './refereeInLab';
import type { ServerOptions } from './vscode/server';

/** The operator's files are at the same place in every lab. */
const OPERATOR = '/run/clustercontrol-lab/operator';

/** True where a lab can be had: three hosts need root on Linux. CCHA_NO_LAB leaves them out. */
export const labCanBeHad =
  process.platform === 'linux' && process.getuid?.() === 0 && !process.env['CCHA_NO_LAB'];

/** A lab that VS Code's server runs in, at the operator's workstation. It dies with this process. */
export class LabSession {
  private constructor(private readonly capsule: Capsule) {}

  static async start(profile: ProfileName): Promise<LabSession> {
    return new LabSession(await up({ name: `workbench-${process.pid}`, profile, lifeline: 'held' }));
  }

  /** For `startServer`: the editor stands inside, the socket is seen from both sides. */
  serverOptions(socketPath: string, sshConfigFile = path.join(OPERATOR, 'ssh_config')): ServerOptions {
    return {
      prefix: insideArguments(this.capsule, []),
      socketPath,
      settings: {
        'clustercontrolHa.ssh.configFile': sshConfigFile,
        'clustercontrolHa.refreshIntervalSeconds': 2,
      },
    };
  }

  /** A verb of `npm run lab`: `off cc1 --hard`, `on cc1`, `partition cc1 cc2`, `heal`. */
  async act(...words: string[]): Promise<void> {
    await this.inside(process.execPath, '--import', 'tsx', path.join(LAB_SOURCES, 'cli-inside.ts'), ...words);
  }

  /** Runs a script on a host, as the operator does by ssh. @throws when it fails. */
  async on(host: HostName, script: string): Promise<void> {
    await this.inside('ssh', '-F', path.join(OPERATOR, 'ssh_config'), host, script);
  }

  async inside(...command: string[]): Promise<void> {
    const code = await inside(this.capsule, command);
    if (code !== 0) {
      throw new Error(`exit ${code} in the lab: ${command.join(' ')}`);
    }
  }

  /** Another operator at another machine: the command line with a state directory of its own. */
  otherOperator(folder: string, inventory: string, ...words: string[]): OtherOperator {
    mkdirSync(folder, { recursive: true });
    const config = ['--inventory', inventory, '--ssh-config', path.join(OPERATOR, 'ssh_config')];
    const command = [process.execPath, path.join(ROOT, 'dist', 'cli.js'), ...words, ...config];
    const [program = '', ...rest] = insideArguments(this.capsule, command);
    const env = { PATH: process.env['PATH'], HOME: folder, XDG_STATE_HOME: folder, XDG_CONFIG_HOME: folder };
    const child = spawn(program, rest, {
      env: { ...env, CCHA_SECRET_DC1_REPL: MYSQL_PASSWORD },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new OtherOperator(child);
  }

  /** The referee watches from now on, until its verdict. */
  watch(): Promise<RefereeInLab> {
    return RefereeInLab.watch(this.capsule);
  }

  async stop(): Promise<void> {
    await stopCapsule(this.capsule);
  }
}

/** One call of the command line that is under way. */
export class OtherOperator {
  private text = '';
  readonly ended: Promise<{ readonly code: number | null; readonly text: string }>;

  constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data: Buffer) => (this.text += data.toString()));
    }
    this.ended = new Promise((resolve) => {
      child.once('close', (code) => resolve({ code, text: this.text }));
    });
  }

  said(): string {
    return this.text;
  }

  leave(): void {
    this.child.kill('SIGKILL');
  }
}
