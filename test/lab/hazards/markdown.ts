import type { Hazard, HazardTest } from './hazard';

/** The table of docs/hazards.md. */
export function hazardTable(hazards: Readonly<Record<number, Hazard>>): string {
  const rows = Object.entries(hazards)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([number, { what, documented, product, by }]) =>
      row([number, what, listed(documented), listed(product), by]),
    );
  return [
    row(['', 'by the documented procedure', 'falls in', 'the product does not', 'because']),
    row(['---', '---', '---', '---', '---']),
    ...rows,
  ].join('\n');
}

function listed(tests: readonly HazardTest[]): string {
  return tests.map(({ file, title }) => `[${title.replaceAll('|', '\\|')}](../${file})`).join('<br>');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
