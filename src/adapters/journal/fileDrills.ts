import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Drill, DRILL_FORMAT } from '../../core/drill/drill';

/** History of drills: one JSON file each, beside the journals, readable by its owner only. */
export class FileDrills {
  constructor(private readonly directory: string) {}

  async save(drill: Drill): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const path = join(this.directory, `${drill.id}.json`);
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(drill, undefined, 2)}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
  }

  /** The newest last. A file that is no drill of this format is left out. */
  async list(): Promise<readonly Drill[]> {
    const names = await readdir(this.directory).catch(() => []);
    const found = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => this.read(name)),
    );
    return found.flat().sort((a, b) => a.startedAtMs - b.startedAtMs);
  }

  private async read(name: string): Promise<readonly Drill[]> {
    try {
      const value = JSON.parse(await readFile(join(this.directory, name), 'utf8')) as Drill;
      return value.format === DRILL_FORMAT && Array.isArray(value.legs) ? [value] : [];
    } catch {
      return [];
    }
  }
}
