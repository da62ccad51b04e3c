import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Lab } from '../lab';
import { VIP } from '../site';

const EVERY_SECONDS = 0.05;

/**
 * One connection of a client over the VIP, and behind it one from the holder to a host of the network, whose source is
 * rewritten to the VIP. A line comes through both every 50 ms: neither is ever opened again.
 */
export class StandingConnections {
  private last = performance.now();
  private worst = 0;
  private lines = 0;
  private readonly closed: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    this.closed = once(child, 'exit');
    child.stdout?.on('data', () => {
      const now = performance.now();
      if (this.lines > 0) this.worst = Math.max(this.worst, now - this.last);
      this.last = now;
      this.lines += 1;
    });
  }

  /** Resolves when lines come through. */
  static async open(lab: Lab): Promise<StandingConnections> {
    const lines = `while echo .; do sleep ${EVERY_SECONDS}; done`;
    const words = [
      '-F',
      lab.operator.sshConfigFile,
      '-o',
      `HostName=${VIP}`,
      '-o',
      'HostKeyAlias=cc1',
      'cc1',
    ];
    const child = spawn('ssh', [...words, `ssh -o BatchMode=yes prom '${lines}'`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const connections = new StandingConnections(child);
    await Promise.race([
      once(child.stdout, 'data'),
      connections.closed.then(() => {
        throw new Error('ssh over the VIP ended at once');
      }),
    ]);
    return connections;
  }

  /** Ends it. @returns the longest silence in ms; undefined where one of them had been cut. */
  async close(): Promise<number | undefined> {
    const alive = this.child.exitCode === null && this.child.signalCode === null;
    const silence = Math.max(this.worst, performance.now() - this.last);
    this.child.kill('SIGKILL');
    await this.closed;
    return alive ? silence : undefined;
  }
}

/** The longest time between two acknowledged heartbeats of cmon since a moment of the hosts' monotonic clock, in ms. */
export async function worstHeartbeatGapMs(lab: Lab, sinceNs: bigint): Promise<number> {
  const log = await readFile(await lab.pathIn('cc1', '/var/log/cmon-heartbeat.log'), 'utf8');
  const acknowledged = log
    .split('\n')
    .map((line) => line.split(' '))
    .filter((words) => words.length === 5 && words[4] === 'beat')
    .map((words) => BigInt(words[2] ?? '0'))
    .filter((ns) => ns >= sinceNs);
  const gaps = acknowledged.slice(1).map((ns, index) => Number(ns - (acknowledged[index] ?? ns)) / 1e6);
  if (gaps.length < 10) throw new Error(`only ${gaps.length} heartbeats since then`);
  return gaps.reduce((worst, gap) => Math.max(worst, gap), 0);
}
