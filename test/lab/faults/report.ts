import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { REPOSITORY } from '../places';
import type { CellRecord } from './records';

/** docs/faults.md: what was tried, what held, on which commit. */
export async function writeReport(
  commit: string,
  expected: number,
  cells: readonly CellRecord[],
): Promise<void> {
  const scenes = [...new Set(cells.map(({ cell }) => part(cell, 0)))].sort();
  const held = cells.filter((cell) => cell.held).length;
  const text = [
    '# Faults',
    '',
    'Written by `npm run test:faults -- --all`. A cell is one fault that strikes when one step of an operation is about to',
    'begin, on three real hosts with a heartbeat, under the referee. It holds when the referee has nothing to report and the',
    "site is done, undone, or led there by the product's own next step.",
    '',
    `Commit \`${commit}\`: ${cells.length} of ${Math.max(expected, cells.length)} cells run, ${held} held.`,
    '',
    ...scenes.flatMap((scene) => table(scene, cells)),
    ...failures(cells),
  ];
  await writeFile(path.join(REPOSITORY, 'docs/faults.md'), `${text.join('\n').trimEnd()}\n`);
}

const part = (cell: string, index: number): string => cell.split('/')[index] ?? '';

function table(scene: string, cells: readonly CellRecord[]): string[] {
  const own = cells.filter(({ cell }) => part(cell, 0) === scene);
  const faults = [...new Set(own.map(({ cell }) => part(cell, 2)))].sort();
  const rows = faults.map((fault) => {
    const struck = own.filter(({ cell }) => part(cell, 2) === fault);
    const ends = new Map<string, number>();
    for (const { ends: end } of struck) ends.set(end, (ends.get(end) ?? 0) + 1);
    const told = [...ends]
      .sort((a, b) => b[1] - a[1])
      .map(([end, count]) => `${count} × ${end || 'not held'}`);
    return `| ${fault} | ${struck.length} | ${struck.filter(({ held }) => held).length} | ${told.join(', ')} |`;
  });
  return [`## ${scene}`, '', '| fault | cells | held | how they ended |', '|---|---|---|---|', ...rows, ''];
}

function failures(cells: readonly CellRecord[]): string[] {
  const failed = cells.filter(({ held }) => !held);
  if (failed.length === 0) return [];
  return ['## Not held', '', ...failed.map(({ cell, why }) => `- \`${cell}\`: ${why.split('\n')[0] ?? ''}`)];
}
