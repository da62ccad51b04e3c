import { type Drill, type DrillLeg, type DrillOutages, OUTAGES, outageFigures } from './drill';

/** The report of a drill with those before it on the same site, Markdown. */
export function drillReport(drill: Drill, earlier: readonly Drill[]): string {
  const past = earlier
    .filter(({ site, id }) => site === drill.site && id !== drill.id)
    .sort((a, b) => b.startedAtMs - a.startedAtMs);
  return [
    `# Drill of ${drill.site}`,
    `${utc(drill.startedAtMs)}, by ${drill.operator}: ${drill.legs.length} promotions${drill.rounds > 1 ? ` in ${drill.rounds} rounds` : ', there and back'}. **${endWord(drill)}**${drill.reason ? ` ${drill.reason}` : ''}`,
    '## What users would have noticed',
    drill.legs.length === 0 ? 'Nothing: no promotion was begun.' : figuresTable(drill.legs),
    'By the times of the steps on the machine that ran it, upper bounds. Connections that stand are cut when the virtual IP moves.',
    '## Promotions',
    table(
      ['began', 'new primary', 'writes', 'virtual IP', 'management', 'end', 'run'],
      drill.legs.map((leg) => [
        utc(leg.startedAtMs),
        leg.target,
        ...cells(leg.outages),
        leg.end ?? 'none',
        leg.runId,
      ]),
    ),
    ...(past.length === 0 ? [] : ['## Earlier drills', drillHistory(past)]),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Drills in the order given, one a line: median and worst of each outage. */
export function drillHistory(drills: readonly Drill[]): string {
  return table(
    [
      'began',
      'site',
      'promotions',
      ...OUTAGES.map(({ label }) => `${label.toLowerCase()} (median / worst)`),
      'end',
    ],
    drills.map((drill) => [
      utc(drill.startedAtMs),
      drill.site,
      String(drill.legs.length),
      ...OUTAGES.map(({ key }) => {
        const found = outageFigures(drill.legs, key);
        return found === undefined ? '' : `${duration(found.medianMs)} / ${duration(found.worstMs)}`;
      }),
      drill.end,
    ]),
  );
}

function figuresTable(legs: readonly DrillLeg[]): string {
  return table(
    ['outage', 'median', 'worst', 'promotions'],
    OUTAGES.flatMap(({ key, label }) => {
      const found = outageFigures(legs, key);
      return found === undefined
        ? []
        : [[label, duration(found.medianMs), duration(found.worstMs), String(found.count)]];
    }),
  );
}

function cells(outages: DrillOutages): readonly string[] {
  return OUTAGES.map(({ key }) => {
    const value = outages[key];
    return value === undefined ? '' : duration(value);
  });
}

function endWord({ end }: Drill): string {
  return { done: 'Done.', refused: 'Refused.', stopped: 'Stopped.' }[end];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function duration(durationMs: number): string {
  return durationMs < 1_000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1_000).toFixed(2)} s`;
}

function utc(atMs: number): string {
  return new Date(atMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
