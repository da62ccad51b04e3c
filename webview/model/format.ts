/** A duration for people: three figures at most, the unit that fits. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < 9.95) return `${trim(ms.toFixed(1))} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9_995) return `${trim((ms / 1000).toFixed(2))} s`;
  if (ms < 59_950) return `${trim((ms / 1000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${pad(Math.floor(seconds / 60) % 60)} min`;
}

/** Elapsed time that ticks: always one decimal below a minute, so that it does not jump about. */
export function formatElapsed(durationMs: number): string {
  return durationMs < 59_950
    ? `${(Math.max(0, durationMs) / 1000).toFixed(1)} s`
    : formatDuration(durationMs);
}

/** Seconds since the run began, for timelines: "+1.25 s". */
export function formatOffset(offsetMs: number): string {
  return `+${(Math.max(0, offsetMs) / 1000).toFixed(2)} s`;
}

/** Wall clock of the page's machine, with seconds. */
export function formatTime(atMs: number): string {
  return new Date(atMs).toLocaleTimeString(undefined, { hour12: false });
}

/** `formatTime`, behind its date where that is not today's: a plan of last night must not look like one of now. */
export function formatMoment(atMs: number, nowMs: number): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)];
  if (at.toDateString() === now.toDateString()) return formatTime(atMs);
  const date = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${date} ${formatTime(atMs)}`;
}

/** "1 check", "2 checks". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** "1–4, 6": numbers in rising order, runs of three and more drawn together, never broken over lines. */
export function ranges(numbers: readonly number[]): string {
  const runs: number[][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && number === (last.at(-1) ?? 0) + 1) last.push(number);
    else runs.push([number]);
  }
  return runs
    .map((run) => (run.length > 2 ? `${run[0]}\u2060–\u2060${run.at(-1)}` : run.join(', ')))
    .join(', ');
}

function trim(figure: string): string {
  return figure.replace(/\.?0+$/, '');
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
