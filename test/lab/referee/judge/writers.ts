import { at, span } from './format';
import { provenOverlap } from './sighting';
import type { Handover, Interval, Violation } from './verdict';
import type { OpenSpan } from './writability';

/** I1: each pair of spans of two hosts that provably were open at one time. */
export function twoWriters(spans: readonly OpenSpan[]): Violation[] {
  const violations: Violation[] = [];
  spans.forEach((a, index) => {
    for (const b of spans.slice(index + 1)) {
      const overlap = a.host === b.host ? undefined : provenOverlap(a, b);
      if (overlap === undefined) continue;
      violations.push({
        invariant: 'I1',
        hosts: [a.host, b.host].sort(),
        ...overlap,
        evidence: [describe(a), describe(b)],
      });
    }
  });
  return violations;
}

function describe(open: OpenSpan): string {
  const what =
    open.probe === 'console' ? 'said super_read_only=OFF' : `acknowledged writes (${open.probe} account)`;
  const times = `${String(open.count)} times, first ${span(open.firstStartMs, open.firstEndMs)}`;
  return `${open.host} ${what} ${times}, last ${span(open.lastStartMs, open.lastEndMs)}`;
}

/** The test said that `host` may become the writer from now on; the latest word counts. */
export interface Permission {
  readonly atMs: number;
  readonly host: string;
}

export interface Tenures {
  readonly violations: readonly Violation[];
  readonly handovers: readonly Handover[];
  /** The host that was the writer at the end, if there was any. */
  readonly last: string | undefined;
}

interface HostSpan extends Interval {
  readonly host: string;
}

/** Who was the writer one after the other, and I7: an old one that writes again without permission. */
export function tenures(spans: readonly OpenSpan[], permissions: readonly Permission[]): Tenures {
  const violations: Violation[] = [];
  const handovers: Handover[] = [];
  const past = new Set<string>();
  let current: HostSpan | undefined;
  for (const next of byHost(spans)) {
    if (current === undefined || current.host === next.host) {
      current = next;
      continue;
    }
    if (past.has(next.host) && permittedAt(permissions, next.fromMs) !== next.host) {
      violations.push({
        invariant: 'I7',
        hosts: [next.host],
        fromMs: next.fromMs,
        toMs: next.toMs,
        evidence: [
          `${next.host} was the writer before ${current.host}, and is writable again from ${at(next.fromMs)}`,
          `${current.host} was the writer until ${at(current.toMs)}; nothing permitted ${next.host} to return`,
        ],
      });
    }
    // A span inside the writer's own is a second writer (I1), not a handover.
    if (next.toMs <= current.toMs) continue;
    handovers.push({
      from: current.host,
      to: next.host,
      fromMs: current.toMs,
      toMs: next.fromMs,
      durationMs: next.fromMs - current.toMs,
    });
    past.add(current.host);
    current = next;
  }
  return { violations, handovers, last: current?.host };
}

function permittedAt(permissions: readonly Permission[], atMs: number): string | undefined {
  return permissions.filter((permission) => permission.atMs <= atMs).at(-1)?.host;
}

/** What any probe saw of a host, joined; in the order of their beginnings. */
function byHost(spans: readonly OpenSpan[]): HostSpan[] {
  const joined: HostSpan[] = [];
  const sorted = [...spans].sort((a, b) => a.firstEndMs - b.firstEndMs);
  for (const { host, firstEndMs: fromMs, lastEndMs: toMs } of sorted) {
    const index = joined.findIndex((other) => other.host === host && other.toMs >= fromMs);
    const other = joined[index];
    if (other === undefined) joined.push({ host, fromMs, toMs });
    else joined[index] = { ...other, toMs: Math.max(other.toMs, toMs) };
  }
  return joined;
}
