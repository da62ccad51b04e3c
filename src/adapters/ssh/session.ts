import type { ClientChannel } from 'ssh2';
import { OperatorError } from '../../core/errors';
import type { Clock, CommandResult, HostCommand, HostSession } from '../../core/ports';
import { shellQuote } from '../../core/quote';
import type { SshConnection } from './connection';
import { commandTimeout, connectionLost, type LateCommand } from './failures';
import { LaneClosed, type Lane } from './lane';
import { LanePool } from './lanes';

/** How long the killing of a timed-out command may take before the lane is thrown away. */
const killPatienceMs = 2000;

/** A `HostSession` over one ssh connection. It ends with its connection: ask `HostSessions` for the next. */
export class SshSession implements HostSession {
  private readonly asUser: LanePool;
  private readonly asRoot: LanePool;

  constructor(
    private readonly connection: SshConnection,
    private readonly clock: Clock,
  ) {
    const root = connection.user === 'root';
    this.asUser = new LanePool(connection, false, root ? undefined : 4);
    this.asRoot = root ? this.asUser : new LanePool(connection, true, 4);
  }

  get host(): string {
    return this.connection.host;
  }

  /** The user that ssh logged in as. */
  get user(): string {
    return this.connection.user;
  }

  get lost(): boolean {
    return this.connection.lostReason !== undefined;
  }

  /** A stream to a unix socket of the host, with the ssh user's rights. */
  openSocket(path: string): Promise<ClientChannel> {
    return this.connection.openSocket(path);
  }

  openPort(address: string, port: number): Promise<ClientChannel> {
    return this.connection.openPort(address, port);
  }

  async run(command: HostCommand): Promise<CommandResult> {
    if (command.script.includes('\0') || command.stdin?.includes('\0')) {
      throw new RangeError('a shell script and its input cannot hold a NUL byte');
    }
    const startedMs = this.clock.monotonicMs();
    const lanes = command.privileged ? this.asRoot : this.asUser;
    const result = await this.limited(command, lanes);
    return { ...result, durationMs: this.clock.monotonicMs() - startedMs };
  }

  async writeFile(path: string, content: string, mode: string): Promise<void> {
    const target = shellQuote(path);
    const script = [
      'set -e; umask 077',
      `d=$(dirname -- ${target}); mkdir -p -m 0755 -- "$d"`,
      `t=$(mktemp -- "$d/.tmp.XXXXXXXX")`,
      `trap 'rm -f -- "$t"' EXIT`,
      `cat >"$t"; chmod ${shellQuote(mode)} "$t"; mv -fT -- "$t" ${target}`,
    ].join('\n');
    const result = await this.run({ script, stdin: content, timeoutMs: 15_000, privileged: true });
    if (result.exitCode !== 0) {
      throw new OperatorError({
        code: 'command-failed',
        what: `${path} can't be written on ${this.host}: ${result.stderr.trim()}`,
        host: this.host,
        command: script,
        state: 'The file is as it was before.',
        next: 'Look at the directory, its mount and its free space.',
      });
    }
  }

  close(): Promise<void> {
    this.connection.close();
    return Promise.resolve();
  }

  /** The time limit covers the wait for a lane, too. */
  private async limited(command: HostCommand, lanes: LanePool) {
    let lane: Lane | undefined;
    let timer: NodeJS.Timeout | undefined;
    let timedOut = false;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        timedOut = true;
        const late = (outcome: LateCommand) =>
          reject(commandTimeout(this.host, command.script, command.timeoutMs, outcome));
        this.giveUp(lanes, lane, running).then(late, () => late('may-run'));
      }, command.timeoutMs);
    });
    const work = async () => {
      lane = await lanes.acquire();
      if (timedOut) {
        lanes.release(lane);
        throw commandTimeout(this.host, command.script, command.timeoutMs, 'never-began');
      }
      try {
        return await lane.run(command.script, command.stdin, command.onOutput);
      } catch (error) {
        throw this.explain(error, command.script);
      } finally {
        lanes.release(lane);
      }
    };
    const running = work();
    // After a timeout its own end is of no interest any more.
    running.catch(() => undefined);
    try {
      const result = await Promise.race([running, timeout]);
      // A killed command ends, too: its exit code is not its result.
      return timedOut ? await timeout : result;
    } catch (error) {
      if (timedOut) return await timeout;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private async giveUp(
    lanes: LanePool,
    lane: Lane | undefined,
    running: Promise<unknown>,
  ): Promise<LateCommand> {
    if (lane === undefined) return 'never-began';
    const group = lane.group;
    if (group === undefined || this.lost) {
      lane.close();
      return 'may-run';
    }
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<LateCommand>((resolve) => {
      timer = setTimeout(() => resolve('may-run'), killPatienceMs);
    });
    // The lane's own shell says when the group has ended: the kill's word is not enough.
    const ended = running.then(
      (): LateCommand => 'killed',
      (): LateCommand => 'may-run',
    );
    const outcome = await Promise.race([lanes.kill(group).then(() => ended), patience]);
    clearTimeout(timer);
    if (outcome === 'may-run') lane.close();
    return outcome;
  }

  private explain(error: unknown, script: string): unknown {
    if (!(error instanceof LaneClosed)) return error;
    const reason = this.connection.lostReason ?? error.message;
    return connectionLost(this.host, reason, script);
  }
}
