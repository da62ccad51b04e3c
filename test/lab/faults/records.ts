import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, REPOSITORY } from '../places';
import type { CellLine, ShardLine } from './shard';

/** Beside docs/faults.md, which is made of it: whoever has the repository goes on with a run that another machine began. */
const COMMITTED = path.join(REPOSITORY, 'docs/faults.jsonl');

const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');

/** What one product has shown, kept outside the repository while it runs: a long run goes on where it was stopped. */
export class Records {
  /** The last result of each cell; of one in which an invariant was seen broken, that one: no later try makes it whole. */
  readonly results = new Map<string, CellLine>();
  /** Cells of each scene that was begun. */
  readonly cells = new Map<string, readonly string[]>();

  private constructor(private readonly file: string) {}

  static async of(product: string): Promise<Records> {
    const file = path.join(CACHE, 'faults', `${product || 'none'}.jsonl`);
    await mkdir(path.dirname(file), { recursive: true });
    const records = new Records(file);
    const committed = await textOf(COMMITTED);
    if (committed.startsWith(`${header(product)}\n`)) records.read(committed);
    records.read(await textOf(file));
    return records;
  }

  async add(line: ShardLine): Promise<void> {
    this.take(line);
    await appendFile(this.file, `${JSON.stringify(line)}\n`);
  }

  /** Into the repository, in the order of the cells, with no more of a reason than the page shows. */
  async commit(product: string): Promise<void> {
    const scenes = [...this.cells].map(([scene, cells]): ShardLine => ({ kind: 'cells', scene, cells }));
    const results = [...this.results.values()]
      .map((line) => ({ ...line, why: brief(line.why), earlier: line.earlier.map(brief) }))
      .sort((a, b) => a.cell.localeCompare(b.cell));
    const lines = [...scenes, ...results].map((line) => JSON.stringify(line));
    await writeFile(COMMITTED, [header(product), ...lines, ''].join('\n'));
  }

  private read(text: string): void {
    for (const line of text.split('\n')) {
      try {
        this.take(JSON.parse(line) as ShardLine);
      } catch {
        // The last line of a killed run may be cut.
      }
    }
  }

  private take(line: ShardLine): void {
    if (line.kind === 'cells') this.cells.set(line.scene, line.cells);
    else if (line.kind === 'result') {
      const before = this.results.get(line.cell);
      if (before?.violated !== true) this.results.set(line.cell, after(before, line));
    }
  }
}

/** A run that was begun again gives another try to a cell that did not hold: why it did not is told still. */
function after(before: CellLine | undefined, line: CellLine): CellLine {
  if (before === undefined || before.held) return line;
  return { ...line, earlier: [...before.earlier, before.why, ...line.earlier] };
}

const header = (product: string): string => JSON.stringify({ kind: 'product', content: product });

/** The lines of a reason that the page shows. */
export const brief = (why: string): string => why.split('\n').slice(0, 3).join('\n');
