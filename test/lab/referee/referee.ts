import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { forkProgram } from '../program';
import { CONTROLLERS, VIP } from '../site';
import type { Invariant, Verdict } from './judge/verdict';
import type { Measurement } from './measure/figures';
import { DEFAULT_DEMANDS, type JudgeOptions, type MeasureOptions, type Reply, type Request } from './options';

/** The referee's process, seen from a test. It knows nothing of the product, and the product nothing of it. */
class RefereeProcess {
  private readonly died: Promise<never>;

  private constructor(private readonly child: ChildProcess) {
    this.died = once(child, 'exit').then((): never => {
      throw new Error("the referee's process died");
    });
    // Only who asks is told.
    this.died.catch(() => undefined);
  }

  /** Must be called inside a lab: in the network namespace of the hosts' bridge, as root. */
  static async start(): Promise<RefereeProcess> {
    return new RefereeProcess(await forkProgram(join(__dirname, 'process.ts')));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  async ask(request: Request): Promise<unknown> {
    const answer = once(this.child, 'message') as Promise<[Reply]>;
    this.child.send(request);
    const [reply] = await Promise.race([answer, this.died]);
    if (reply.kind === 'failed') throw new Error(`referee: ${reply.message}`);
    return reply.value;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}

/** Watches the invariants from now on, until `finish`. */
export class Referee {
  private constructor(private readonly process: RefereeProcess) {}

  /**
   * Creates its accounts where they are missing (on the primary, replicated) and begins. Resolves when it sees.
   * @throws when no host is writable and the accounts aren't there yet.
   */
  static async watch(options: Partial<JudgeOptions> = {}): Promise<Referee> {
    const process = await RefereeProcess.start();
    try {
      const defaults: JudgeOptions = {
        hosts: CONTROLLERS,
        vip: VIP,
        attemptEveryMs: 10,
        demands: DEFAULT_DEMANDS,
      };
      await process.ask({ kind: 'judge', options: { ...defaults, ...options } });
      return new Referee(process);
    } catch (error) {
      process.stop();
      throw error;
    }
  }

  /** Its process, for tests that starve it. */
  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Say it before each promotion: `host` may become the writer from now on. Any other return is I7. */
  async permit(host: string): Promise<void> {
    await this.process.ask({ kind: 'permit', host });
  }

  /** Violations of one invariant while `use` runs are expected, for a reason that the verdict keeps. */
  async excuse<T>(invariant: Invariant, reason: string, use: () => Promise<T>): Promise<T> {
    await this.process.ask({ kind: 'excuse', invariant, reason, on: true });
    try {
      return await use();
    } finally {
      await this.process.ask({ kind: 'excuse', invariant, reason, on: false });
    }
  }

  /** While `use` runs, `host` is rejoining by CLONE: accounts above read_only may write there. */
  async rejoining<T>(host: string, use: () => Promise<T>): Promise<T> {
    await this.process.ask({ kind: 'rejoin', host, on: true });
    try {
      return await use();
    } finally {
      await this.process.ask({ kind: 'rejoin', host, on: false });
    }
  }

  /**
   * Ends the watch and says what it saw. `writer`: where every acknowledged row must be by now; default is the host
   * that was last seen writable.
   */
  async finish(writer?: string): Promise<Verdict> {
    try {
      return (await this.process.ask({ kind: 'finish', writer })) as Verdict;
    } finally {
      this.process.stop();
    }
  }
}

/** Measures outages and nothing else, for benchmarks: no console polling, no attempts on the standby. */
export class Stopwatch {
  private constructor(private readonly process: RefereeProcess) {}

  static async start(options: Partial<MeasureOptions> = {}): Promise<Stopwatch> {
    const process = await RefereeProcess.start();
    try {
      const defaults: MeasureOptions = { hosts: CONTROLLERS, vip: VIP, writeEveryMs: 5 };
      await process.ask({ kind: 'measure', options: { ...defaults, ...options } });
      return new Stopwatch(process);
    } catch (error) {
      process.stop();
      throw error;
    }
  }

  async finish(): Promise<Measurement> {
    try {
      return (await this.process.ask({ kind: 'finish', writer: undefined })) as Measurement;
    } finally {
      this.process.stop();
    }
  }
}
