import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOptions } from '../../../src/cli/args';
import { UsageError } from '../../../src/cli/exitCodes';
import { check } from '../../../src/cli/verbs/check';
import type { Finding } from '../../../src/core/findings/finding';
import { HARDENED, TRAP_CASES } from '../configFiles/keepalivedCases';
import { exampleInventory } from '../observation';

describe('check FILE', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-'));
    writeFileSync(join(folder, 'keepalived.conf'), HARDENED);
    // Told by its content.
    writeFileSync(join(folder, 'cc1.conf'), TRAP_CASES['keepalived-weight-cannot-move-vip']?.fires ?? '');
    writeFileSync(join(folder, 'other.conf'), 'listen = 80\n');
    writeFileSync(join(folder, 'site.yaml'), exampleInventory());
  });
  after(() => rmSync(folder, { recursive: true }));

  async function run(...words: string[]) {
    const said: string[] = [];
    const { log } = console;
    console.log = (line: string) => void said.push(line);
    try {
      const names = words.map((word) =>
        word.startsWith('-') || word === 'error' ? word : join(folder, word),
      );
      return { code: await check(parseOptions(['check', ...names])), said: said.join('\n') };
    } finally {
      console.log = log;
    }
  }

  it('says nothing of a clean file, and counts it', async () => {
    assert.deepEqual(await run('keepalived.conf'), { code: 0, said: '0 findings in 1 configuration file' });
  });

  it('names the place as compilers do, and ends with 1', async () => {
    const { code, said } = await run('cc1.conf');
    assert.equal(code, 1);
    assert.match(said, /cc1\.conf:8:12: warning keepalived-weight-cannot-move-vip: /);
    assert.equal((await run('cc1.conf', '--fail-on', 'error')).code, 0);
  });

  it('takes inventories and files together; JSON is one document', async () => {
    const { said } = await run('site.yaml', 'cc1.conf', '--json');
    const { sites, findings } = JSON.parse(said) as { sites: string[]; findings: Finding[] };
    assert.deepEqual(sites, ['dc1']);
    assert.deepEqual(
      findings.map(({ where }) => where.kind),
      ['file'],
    );
  });

  it('refuses a file of another kind, and one that is not there', async () => {
    await assert.rejects(run('other.conf'), UsageError);
    await assert.rejects(run('nothing.conf'), UsageError);
  });
});
