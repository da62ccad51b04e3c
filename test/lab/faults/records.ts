import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE } from '../places';
import type { CellLine, ShardLine } from './shard';

/** What one commit has shown, kept outside the repository: a long run goes on where it was stopped. */
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
    for (const line of (await readFile(file, 'utf8').catch(() => '')).split('\n')) {
      try {
        records.take(JSON.parse(line) as ShardLine);
      } catch {
        // The last line of a killed run may be cut.
      }
    }
    return records;
  }

  async add(line: ShardLine): Promise<void> {
    this.take(line);
    await appendFile(this.file, `${JSON.stringify(line)}\n`);
  }

  private take(line: ShardLine): void {
    if (line.kind === 'cells') this.cells.set(line.scene, line.cells);
    else if (this.results.get(line.cell)?.violated !== true) this.results.set(line.cell, line);
  }
}
