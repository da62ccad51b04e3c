import { mkdir, open, readdir, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../core/errors';
import type { JournalStore } from '../../core/ports';

/** One file a run, `ID.jsonl`, readable by its owner only. Lines are appended in the order they are given. */
export class FileJournal implements JournalStore {
  private readonly files = new Map<string, Promise<FileHandle>>();
  private readonly tails = new Map<string, Promise<void>>();

  /** @param directory made when the first run is written */
  constructor(private readonly directory: string) {}

  append(runId: string, line: string, sync: boolean): Promise<void> {
    const write = async () => {
      const file = await this.file(runId);
      await file.appendFile(`${line}\n`);
      if (sync) await file.datasync();
    };
    const before = this.tails.get(runId) ?? Promise.resolve();
    const done = before.then(write, write);
    this.tails.set(
      runId,
      done.catch(() => undefined),
    );
    return done;
  }

  /** Every line there is. One that a crash tore comes last, as it is: the reader decides. */
  async read(runId: string): Promise<string[]> {
    let text: string;
    try {
      text = await readFile(this.path(runId), 'utf8');
    } catch (error) {
      throw new OperatorError({
        code: 'run-not-resumable',
        what: `There is no journal of run ${runId} here: ${error instanceof Error ? error.message : String(error)}`,
        state: 'Nothing was done.',
        next: 'List the runs of this machine; a run is resumed where it was started.',
        cause: error,
      });
    }
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    return lines;
  }

  /** Ids of all runs, in the order of their names. */
  async list(): Promise<string[]> {
    const names = await readdir(this.directory).catch(() => []);
    return names.flatMap((name) => (name.endsWith('.jsonl') ? [name.slice(0, -'.jsonl'.length)] : [])).sort();
  }

  /** Closes the file of a run, or of all. What was asked before is written first; another `append` opens it again. */
  async close(runId?: string): Promise<void> {
    await Promise.all(
      (runId === undefined ? [...this.files.keys()] : [runId]).map((id) => this.closeOne(id)),
    );
  }

  private async closeOne(runId: string): Promise<void> {
    await this.tails.get(runId);
    const file = this.files.get(runId);
    this.files.delete(runId);
    this.tails.delete(runId);
    await (await file?.catch(() => undefined))?.close();
  }

  private file(runId: string): Promise<FileHandle> {
    const kept = this.files.get(runId);
    if (kept !== undefined) return kept;
    const opening = this.open(this.path(runId));
    this.files.set(runId, opening);
    opening.catch(() => this.files.delete(runId));
    return opening;
  }

  /** A new file's name is on disk only when its directory is, too (fsync(2)). */
  private async open(path: string): Promise<FileHandle> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', 0o600);
    const directory = await open(this.directory, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
    return file;
  }

  private path(runId: string): string {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(runId)) throw new RangeError(`not the id of a run: ${runId}`);
    return join(this.directory, `${runId}.jsonl`);
  }
}
