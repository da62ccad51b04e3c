import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Lab } from '../lab';
import { REPOSITORY } from '../places';
import { type Outcome, run } from '../run';
import { MYSQL_PASSWORD } from '../site';

/** An operator with a state directory of his own: what another machine would have. */
export class Operator {
  private constructor(
    private readonly lab: Lab,
    readonly folder: string,
    private readonly inventory: string,
  ) {}

  static async at(lab: Lab, name: string): Promise<Operator> {
    const folder = await mkdtemp(path.join(tmpdir(), `clustercontrol-ha-${name}-`));
    const operator = new Operator(lab, folder, await lab.inventoryFile());
    await mkdir(operator.journals, { recursive: true });
    return operator;
  }

  get journals(): string {
    return path.join(this.folder, 'clustercontrol-ha', 'runs');
  }

  /** One call of the command line, as a process. */
  cli(...words: readonly string[]): Promise<Outcome> {
    const program = path.join(REPOSITORY, 'dist', 'cli.js');
    const common = ['--inventory', this.inventory, '--ssh-config', this.lab.operator.sshConfigFile];
    const env = {
      PATH: process.env.PATH,
      HOME: this.folder,
      XDG_STATE_HOME: this.folder,
      XDG_CONFIG_HOME: this.folder,
      CCHA_SECRET_DC1_REPL: MYSQL_PASSWORD,
      CCHA_SECRET_DC1_CLONE: MYSQL_PASSWORD,
    };
    return run(process.execPath, [program, ...words, ...common], {
      env,
      cwd: this.folder,
      timeoutMs: 100_000,
    });
  }

  leave(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

export const told = ({ code, stdout, stderr }: Outcome): string => `exit ${code}\n${stdout}\n${stderr}`;
