import { span } from './format';
import { provenOverlap, sighted, sightedAgain, type Sighting } from './sighting';
import type { Violation } from './verdict';
import type { OpenSpan } from './writability';

export type WatchedProcess = 'cmon' | 'lsyncd';

export interface SeenProcess {
  readonly name: WatchedProcess;
  readonly pid: number;
  /** From /proc/PID/stat; together with the pid it names one process for ever. */
  readonly startTicks: number;
}

/** One look at all processes of a host. */
export interface ProcessScan {
  readonly host: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly processes: readonly SeenProcess[];
}

/** One process from the first to the last time it was seen. */
export interface Life extends Sighting, SeenProcess {
  readonly host: string;
}

export class ProcessLives {
  private readonly byId = new Map<string, Life>();

  add(scan: ProcessScan): void {
    const { host, startMs, endMs } = scan;
    for (const process of scan.processes) {
      const id = `${host}/${String(process.pid)}/${String(process.startTicks)}/${process.name}`;
      const life = this.byId.get(id);
      this.byId.set(
        id,
        life === undefined
          ? { host, ...process, ...sighted(startMs, endMs) }
          : sightedAgain(life, startMs, endMs),
      );
    }
  }

  of(name: WatchedProcess): Life[] {
    return [...this.byId.values()].filter((life) => life.name === name);
  }
}

/** I3, I4: two processes of that name that provably lived at one time, on two hosts or on one. */
export function moreThanOne(invariant: 'I3' | 'I4', lives: readonly Life[]): Violation[] {
  const violations: Violation[] = [];
  lives.forEach((a, index) => {
    for (const b of lives.slice(index + 1)) {
      const overlap = provenOverlap(a, b);
      if (overlap === undefined) continue;
      const hosts = [...new Set([a.host, b.host])].sort();
      violations.push({ invariant, hosts, ...overlap, evidence: [describe(a), describe(b)] });
    }
  });
  return violations;
}

/** I4: lsyncd ran on a host while another one, and only another one, was the writer. */
export function lsyncdOffTheWriter(lives: readonly Life[], spans: readonly OpenSpan[]): Violation[] {
  return lives.flatMap((life) =>
    spans.flatMap((open) => {
      const overlap = open.host === life.host ? undefined : provenOverlap(life, open);
      if (overlap === undefined) return [];
      // Two writers are I1; here the question is whether this host was one at all.
      const writable = spans.some(
        (own) =>
          own.host === life.host && own.firstStartMs <= overlap.toMs && own.lastEndMs >= overlap.fromMs,
      );
      if (writable) return [];
      const evidence = [
        describe(life),
        `${open.host} was writable ${span(open.firstEndMs, open.lastStartMs)}`,
      ];
      return [{ invariant: 'I4' as const, hosts: [life.host], ...overlap, evidence }];
    }),
  );
}

function describe(life: Life): string {
  const seen = `${String(life.count)} times, ${span(life.firstStartMs, life.lastEndMs)}`;
  return `${life.name} with pid ${String(life.pid)} seen on ${life.host} ${seen}`;
}
