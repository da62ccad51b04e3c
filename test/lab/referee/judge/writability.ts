import { sighted, sightedAgain, type Sighting } from './sighting';

/** How a host was asked whether it can be written to. */
export type Probe = 'ordinary' | 'privileged' | 'console';

/**
 * open: a write was acknowledged (or, for the console, `super_read_only` was read as OFF).
 * closed: refused, or nothing there that could accept one (host off, mysqld not listening).
 * lost: asked, and no answer came; says nothing.
 */
export type Outcome = 'open' | 'closed' | 'lost';

export interface Attempt {
  readonly host: string;
  readonly probe: Probe;
  readonly startMs: number;
  readonly endMs: number;
  readonly outcome: Outcome;
}

/** A time in which a host answered "writable" to one probe without one "closed" between. */
export interface OpenSpan extends Sighting {
  readonly host: string;
  readonly probe: Probe;
}

/**
 * Folds attempts into spans as they come in, so that hours of attempts need no memory.
 * Attempts of one host and probe follow one another; they never overlap.
 */
export class Writability {
  private readonly finished: OpenSpan[] = [];
  private readonly running = new Map<string, OpenSpan>();

  /** @param maxGapMs two acknowledgements further apart than this are not one span: it was not seen what lay between. */
  constructor(private readonly maxGapMs: number) {}

  add(attempt: Attempt): void {
    const key = `${attempt.host}/${attempt.probe}`;
    const span = this.running.get(key);
    if (attempt.outcome === 'lost') return;
    if (attempt.outcome === 'closed') {
      this.finish(key, span);
      return;
    }
    const { host, probe, startMs, endMs } = attempt;
    if (span !== undefined && startMs - span.lastEndMs <= this.maxGapMs) {
      this.running.set(key, sightedAgain(span, startMs, endMs));
      return;
    }
    this.finish(key, span);
    this.running.set(key, { host, probe, ...sighted(startMs, endMs) });
  }

  /** All spans so far, in the order of their beginnings. */
  spans(): OpenSpan[] {
    return [...this.finished, ...this.running.values()].sort((a, b) => a.firstStartMs - b.firstStartMs);
  }

  private finish(key: string, span: OpenSpan | undefined): void {
    if (span === undefined) return;
    this.finished.push(span);
    this.running.delete(key);
  }
}
