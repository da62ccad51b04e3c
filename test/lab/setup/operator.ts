import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { INSTALLER } from '../fresh/deploy';
import type { Lab } from '../lab';
import { REPOSITORY } from '../places';
import { type Outcome, run } from '../run';
import { CONTROLLERS, MYSQL_PASSWORD, type ControllerName } from '../site';
import { waitFor } from '../wait';

/** A line of `run --json` or `resume --json`, as far as these tests read it. */
interface Line {
  readonly runId?: string;
  readonly step?: string;
  readonly state?: string;
  readonly end?: string;
  readonly reason?: string;
  readonly next?: string;
}

/** Packages of the RHEL family start nothing: there the installer does. */
const START_RHEL =
  '! pgrep -x dnf >/dev/null && systemctl cat mysqld >/dev/null 2>&1 && { systemctl reset-failed mysqld; systemctl start mysqld; } 2>/dev/null';
const ANSWERS = 'mysql -e "SELECT 1" >/dev/null 2>&1';

/** Who sets a pair up with the command line, and runs ClusterControl's installer when the plan waits for it. */
export class SetupOperator {
  private constructor(
    private readonly lab: Lab,
    readonly folder: string,
    private readonly inventory: string,
  ) {}

  static async at(lab: Lab, user: string): Promise<SetupOperator> {
    return SetupOperator.with(lab, await lab.inventoryFile('hardened', user));
  }

  static async with(lab: Lab, inventoryFile: string): Promise<SetupOperator> {
    const folder = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-setup-'));
    return new SetupOperator(lab, folder, inventoryFile);
  }

  private get environment(): NodeJS.ProcessEnv {
    return {
      ...{ PATH: process.env['PATH'], HOME: this.folder },
      ...{ XDG_STATE_HOME: this.folder, XDG_CONFIG_HOME: this.folder },
      ...{ CCHA_SECRET_DC1_REPL: MYSQL_PASSWORD, CCHA_SECRET_DC1_CLONE: MYSQL_PASSWORD },
    };
  }

  private words(given: readonly string[]): string[] {
    const common = ['--inventory', this.inventory, '--ssh-config', this.lab.operator.sshConfigFile];
    return [path.join(REPOSITORY, 'dist', 'cli.js'), ...given, ...common];
  }

  cli(...given: readonly string[]): Promise<Outcome> {
    const options = { env: this.environment, cwd: this.folder, timeoutMs: 300_000 };
    return run(process.execPath, this.words(given), options);
  }

  /** Starts or resumes, and ends the process by a signal as soon as `strike` says so of a step that begins. */
  struck(
    given: readonly string[],
    signal: NodeJS.Signals,
    strike: (step: string) => boolean,
  ): Promise<Outcome> {
    return this.watched(given, strike, (child) => child.kill(signal));
  }

  /** Starts or resumes, and does something to the hosts when that step begins. */
  async disturbed(given: readonly string[], step: string, disturb: () => Promise<unknown>): Promise<Outcome> {
    let disturbance: Promise<unknown> | undefined;
    const outcome = await this.watched(
      given,
      (begun) => begun === step,
      () => (disturbance = disturb()),
    );
    if (disturbance === undefined) throw new Error(`${step} never began: ${told(outcome)}`);
    await disturbance;
    return outcome;
  }

  /** `act` once, at the first step that begins and for which `when` says so. */
  private watched(
    given: readonly string[],
    when: (step: string) => boolean,
    act: (child: ChildProcess) => void,
  ): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, this.words([...given, '--json']), {
        env: this.environment,
        cwd: this.folder,
      });
      let [stdout, stderr, rest, done] = ['', '', '', false];
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        const parts = (rest + text).split('\n');
        rest = parts.pop() ?? '';
        for (const { step, state } of parts.flatMap(lineOf)) {
          if (done || state !== 'running' || step === undefined || !when(step)) continue;
          done = true;
          act(child);
        }
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
    });
  }

  /** The installer of each controller, as soon as what it needs is there: what a person does while the plan waits. */
  async installClusterControl(): Promise<void> {
    await Promise.all(CONTROLLERS.map((host) => this.installOn(host)));
  }

  private async installOn(host: ControllerName): Promise<void> {
    await waitFor(`MySQL on ${host}, for the installer`, 240_000, async () => {
      return (await this.lab.console(host, `${ANSWERS} || { ${START_RHEL}; ${ANSWERS}; }`)).code === 0;
    });
    await this.lab.mustConsole(host, INSTALLER, { timeoutMs: 120_000 });
  }

  /** All that this operator's machine has kept of runs. */
  async journals(): Promise<string> {
    const runs = path.join(this.folder, 'clustercontrol-ha', 'runs');
    const names = await readdir(runs);
    return (await Promise.all(names.map((name) => readFile(path.join(runs, name), 'utf8')))).join('');
  }

  leave(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

function lineOf(text: string): Line[] {
  return text.startsWith('{') ? [JSON.parse(text) as Line] : [];
}

export function linesOf({ stdout }: Outcome): Line[] {
  return stdout.split('\n').flatMap(lineOf);
}

export const told = ({ code, stdout, stderr }: Outcome): string => `exit ${code}\n${stdout}\n${stderr}`;
