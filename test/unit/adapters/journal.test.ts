import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalDirectory } from '../../../src/adapters/journal/directory';
import { FileJournal } from '../../../src/adapters/journal/fileJournal';

function pathOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}

describe('journal files', () => {
  let folder: string;
  let journal: FileJournal;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
    journal = new FileJournal(join(folder, 'state', 'runs'));
  });
  afterEach(async () => {
    await journal.close();
    rmSync(folder, { recursive: true });
  });

  it('lines in the order they were given, also when nobody waits', async () => {
    const lines = Array.from({ length: 50 }, (_none, index) => `{"n":${index}}`);
    await Promise.all(lines.map((line, index) => journal.append('run-1', line, index % 7 === 0)));
    assert.deepEqual(await journal.read('run-1'), lines);
    assert.deepEqual(await journal.list(), ['run-1']);
  });

  it('only its owner may read it', async () => {
    await journal.append('run-1', 'x', true);
    assert.equal(statSync(join(folder, 'state', 'runs', 'run-1.jsonl')).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, 'state', 'runs')).mode & 0o777, 0o700);
  });

  it('a torn last line is handed on; an empty line ends it', async () => {
    await journal.append('run-1', 'whole', true);
    appendFileSync(join(folder, 'state', 'runs', 'run-1.jsonl'), '{"torn');
    assert.deepEqual(await journal.read('run-1'), ['whole', '{"torn']);
    await journal.append('run-1', '', false);
    await journal.append('run-1', 'next', false);
    assert.deepEqual(await journal.read('run-1'), ['whole', '{"torn', 'next']);
  });

  it('nothing there: no runs, and reading one says so', async () => {
    assert.deepEqual(await journal.list(), []);
    await assert.rejects(journal.read('run-1'), { code: 'run-not-resumable' });
  });

  it('an id is no path', async () => {
    await assert.rejects(journal.append('../x', 'y', false), RangeError);
  });

  it('a failed write is told to whoever asked, and the next one is tried again', async () => {
    appendFileSync(join(folder, 'file'), '');
    const blocked = new FileJournal(join(folder, 'file', 'runs'));
    await assert.rejects(blocked.append('run-1', 'x', true));
    await assert.rejects(blocked.append('run-1', 'y', true));
  });

  it('a run that has ended keeps no file open, and can be written again', async () => {
    const open = (): number =>
      readdirSync('/proc/self/fd').filter((fd) => pathOf(fd).startsWith(folder)).length;
    await journal.append('run-1', 'a', true);
    await journal.append('run-2', 'a', true);
    assert.equal(open(), 2);
    void journal.append('run-1', 'b', false);
    await journal.close('run-1');
    assert.equal(open(), 1);
    await journal.append('run-1', 'c', true);
    assert.deepEqual(await journal.read('run-1'), ['a', 'b', 'c']);
    await journal.close();
    assert.equal(open(), 0);
  });

  it('XDG_STATE_HOME is honoured when it is absolute', () => {
    assert.equal(journalDirectory({ XDG_STATE_HOME: '/s' }), '/s/clustercontrol-ha/runs');
    assert.match(journalDirectory({ XDG_STATE_HOME: 's' }), /\.local\/state\/clustercontrol-ha\/runs$/);
  });
});
