import { inventoryTable } from './inventory';
import { COMPARED, type Amount, type BenchDocument, type Comparison, type Spread } from './figures';

function milliseconds({ median, worst }: Spread): string {
  const digits = median < 10 ? 1 : 0;
  return `${median.toFixed(digits)} (${worst.toFixed(digits)})`;
}

function amount({ value, unit }: Amount): string {
  return unit === 'ms' ? `${value.toFixed(0)} ms` : `${(value / 1024).toFixed(0)} KB`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd(),
  );
}

/** For people: what was measured, against what, the goal beside it, and how below. */
export function benchTable(document: BenchDocument): string {
  const { machine } = document;
  const compared = COMPARED.map((name) => [name, document[name]] as const);
  const single = (['activation', 'bundle', 'vsix'] as const).map((name) => [name, document[name]] as const);
  const row = ([name, figures]: readonly [string, Comparison]): string[] => [
    name,
    milliseconds(figures.ours),
    milliseconds(figures.floor),
    figures.documented === undefined ? '' : milliseconds(figures.documented),
    `${figures.ratioToFloor.toFixed(2)} ×`,
    figures.ratioToDocumented === undefined ? '' : `${figures.ratioToDocumented.toFixed(1)} ×`,
    figures.goal,
  ];
  const head = ['median (worst), ms', 'ours', 'floor', 'documented', 'ours/floor', 'documented/ours', 'goal'];
  const methods = [...compared, ...single].map(([name, { method }]) => `  ${name}: ${method}`);
  return [
    ...columns([head, ...compared.map(row)]),
    '',
    ...columns([['once', 'ours', 'goal'], ...single.map(([name, one]) => [name, amount(one), one.goal])]),
    '',
    inventoryTable(document.inventory),
    '',
    `${machine.cores} cores, load ${machine.loadBefore.toFixed(1)} before and ${machine.loadAfter.toFixed(1)} after. All in this run.`,
    ...methods,
  ].join('\n');
}
