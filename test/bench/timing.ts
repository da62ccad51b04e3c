import { spread, type Spread } from './figures';

/** One piece of work in milliseconds: by the clock, and what the processor spent on it (all threads of the process). */
export interface Timing {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Of several runs. On a machine that does something else too, `cpu` says more than `wall`. */
export interface Timings {
  readonly wall: Spread;
  readonly cpu: Spread;
}

export async function timed(work: () => unknown): Promise<Timing> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

/** Without the first: it warms up. */
export function timings(all: readonly Timing[]): Timings {
  const counted = all.slice(1);
  return {
    wall: spread(counted.map(({ wallMs }) => wallMs)),
    cpu: spread(counted.map(({ cpuMs }) => cpuMs)),
  };
}
