import { OperatorError } from '../../core/errors';
import { shellQuote } from '../../core/quote';
import type { SshConnection } from './connection';
import { connectionLost, sudoRefused } from './failures';
import { Lane, LaneClosed } from './lane';
import { killScript, laneShell } from './laneScript';

/** OpenSSH's default MaxSessions is 10; two are left for killing and for the operator's own. */
const mostLanes = 8;

/** Hands out lanes of one connection for one user, `mostLanes` at most; who comes later waits. */
export class LanePool {
  private readonly idle: Lane[] = [];
  private readonly waiting: { resolve: (lane: Lane) => void; reject: (error: unknown) => void }[] = [];
  private open = 0;

  /** @param sudo commands run as root by `sudo -n`. */
  constructor(
    private readonly connection: SshConnection,
    private readonly sudo: boolean,
    private readonly limit = mostLanes,
  ) {
    connection.onLost((reason) => {
      for (const waiter of this.waiting.splice(0)) waiter.reject(connectionLost(connection.host, reason));
    });
  }

  /** A lane for one command; it comes back by `release`. */
  async acquire(): Promise<Lane> {
    for (let lane = this.idle.pop(); lane !== undefined; lane = this.idle.pop()) {
      if (lane.usable) return lane;
      this.open--;
    }
    if (this.open >= this.limit) return this.wait();
    this.open++;
    try {
      return await this.start();
    } catch (error) {
      this.open--;
      // The server's MaxSessions may be lower than ours: then the lanes there are have to do.
      if (this.open > 0 && isChannelRefusal(error)) return this.wait();
      throw error;
    }
  }

  release(lane: Lane): void {
    const next = this.waiting.shift();
    if (lane.usable) {
      if (next === undefined) this.idle.push(lane);
      else next.resolve(lane);
      return;
    }
    lane.close();
    this.open--;
    if (next !== undefined) this.acquire().then(next.resolve, next.reject);
  }

  /** Ends a command's process group from a channel of its own, whatever the lanes are doing. */
  async kill(group: string): Promise<void> {
    const channel = await this.connection.exec(this.command(killScript(group)));
    await new Promise<void>((resolve) => {
      channel.on('close', () => resolve());
      channel.resume();
      channel.stderr.resume();
    });
  }

  private wait(): Promise<Lane> {
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  private async start(): Promise<Lane> {
    const channel = await this.connection.exec(this.command(laneShell));
    const lane = new Lane(channel);
    try {
      await lane.start();
      return lane;
    } catch (error) {
      if (this.connection.lostReason !== undefined) {
        throw connectionLost(this.connection.host, this.connection.lostReason);
      }
      throw error instanceof LaneClosed ? this.refusal(error) : error;
    }
  }

  private command(script: string): string {
    return `${this.sudo ? 'sudo -n ' : ''}sh -c ${shellQuote(script)}`;
  }

  private refusal(error: LaneClosed): OperatorError {
    if (this.sudo) return sudoRefused(this.connection.host, this.connection.user, 'sudo -n sh', error.stderr);
    return new OperatorError({
      code: 'command-failed',
      what: `${this.connection.host} gives ${this.connection.user} no shell: ${error.message}`,
      host: this.connection.host,
      command: 'sh',
      state: 'The command was not run.',
      next: `Try: ssh ${this.connection.user}@${this.connection.host} sh -c true`,
      cause: error,
    });
  }
}

function isChannelRefusal(error: unknown): boolean {
  return error instanceof Error && /channel open failure|unable to exec/i.test(error.message);
}
