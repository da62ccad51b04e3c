import { Ranges } from '../judge/ranges';
import type { Attempt, Probe } from '../judge/writability';
import { insertText, PRIVILEGED, READER, WRITER } from '../schema';
import type { WatchClock } from './clock';
import type { Boot } from './hosts';
import { HostSql, type SqlAnswer } from './sql';

export interface ProbeReport {
  attempt(attempt: Attempt): void;
  /** The host could not be asked, or gave an answer that says nothing. */
  unclear(host: string, probe: Probe, reason: string): void;
}

const ACCOUNT: Readonly<Record<Probe, string>> = {
  ordinary: WRITER,
  privileged: PRIVILEGED,
  console: READER,
};

/** Asks one host again and again, over one kept connection of one account, whether it can be written to. */
export class WritableProbe {
  readonly acknowledged = new Ranges();
  lastAcknowledgedMs: number | undefined;
  /** A rejoin opens the host for accounts above read_only on purpose; only what ordinary ones may do counts then. */
  rejoining = false;
  private readonly sql: HostSql;
  private pending = false;
  private open = false;
  private id = 0;

  constructor(
    readonly host: string,
    readonly probe: Probe,
    private readonly run: number,
    private readonly clock: WatchClock,
    private readonly report: ProbeReport,
  ) {
    this.sql = new HostSql(ACCOUNT[probe]);
  }

  /** One attempt, unless the last one still waits for its answer. */
  tick(boot: Boot | undefined): void {
    if (this.pending) return;
    const startMs = this.clock.now();
    if (boot === undefined) {
      this.finish(startMs, 'closed');
      return;
    }
    if (this.rejoining && this.probe === 'privileged') {
      this.finish(startMs, 'closed');
      return;
    }
    this.pending = true;
    const id = ++this.id;
    const text =
      this.probe === 'console'
        ? 'SELECT @@GLOBAL.read_only AS r, @@GLOBAL.super_read_only AS s'
        : insertText(this.run, this.host, this.probe, id);
    void this.sql.query(boot, text).then((answer) => {
      this.pending = false;
      this.judge(answer, startMs, id);
    });
  }

  /** Whether a write was acknowledged by the last attempt, and not longer ago than this. */
  isOpenSince(sinceMs: number): boolean {
    return this.open && (this.lastAcknowledgedMs ?? -Infinity) >= sinceMs;
  }

  /** A lesser account has written: this one could have, at the same time. */
  implied(startMs: number, endMs: number): void {
    if (this.pending || this.rejoining) return;
    this.report.attempt({ host: this.host, probe: this.probe, startMs, endMs, outcome: 'open' });
  }

  get idle(): boolean {
    return !this.pending;
  }

  close(): void {
    this.sql.close();
  }

  private judge(answer: SqlAnswer, startMs: number, id: number): void {
    switch (answer.kind) {
      case 'read-only':
      case 'no-server':
        this.finish(startMs, 'closed');
        return;
      case 'error':
        this.report.unclear(this.host, this.probe, answer.message);
        this.finish(startMs, 'lost');
        return;
      case 'rows': {
        if (this.probe === 'console') {
          const readOnly = answer.rows[0]?.[this.rejoining ? 'r' : 's'] as unknown;
          this.finish(startMs, readOnly === 1 ? 'closed' : 'open');
          return;
        }
        this.acknowledged.add(id);
        this.lastAcknowledgedMs = this.clock.now();
        this.finish(startMs, 'open');
      }
    }
  }

  private finish(startMs: number, outcome: Attempt['outcome']): void {
    this.open = outcome === 'open';
    this.report.attempt({
      host: this.host,
      probe: this.probe,
      startMs,
      endMs: this.clock.now(),
      outcome,
    });
  }
}
