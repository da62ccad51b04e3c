import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE } from '../places';
import type { CellLine } from './shard';

export type CellRecord = CellLine;

/** Results of one commit, kept outside the repository: a long run goes on where it was stopped. */
export class Records {
  private constructor(
    private readonly file: string,
    readonly known: readonly CellRecord[],
  ) {}

  static async of(commit: string): Promise<Records> {
    const file = path.join(CACHE, 'faults', `${commit}.jsonl`);
    await mkdir(path.dirname(file), { recursive: true });
    const text = await readFile(file, 'utf8').catch(() => '');
    // The last line of a killed run may be cut.
    const known = text.split('\n').flatMap((line) => {
      try {
        return [JSON.parse(line) as CellRecord];
      } catch {
        return [];
      }
    });
    return new Records(file, known);
  }

  async add(record: CellRecord): Promise<void> {
    await appendFile(this.file, `${JSON.stringify(record)}\n`);
  }
}
