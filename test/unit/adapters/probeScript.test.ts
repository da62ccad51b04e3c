import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probeScript } from '../../../src/adapters/probe/probeScript';
import { readProbeDocument } from '../../../src/core/observe/probeDocument';

/** The probe on this machine, which is no controller: it has to answer all the same. */
describe('the probe script', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'probe-'))));
  after(() => rmSync(folder, { recursive: true }));
  const script = () =>
    probeScript({
      host: 'here',
      kind: 'controller',
      units: ['cmon'],
      vip: '192.0.2.1',
      configFiles: [join(folder, "it's a file"), '/no such file'],
      lsyncdStatusFile: join(folder, 'status'),
      cronFiles: [join(folder, 'cron')],
      dataPaths: [folder],
      syncPaths: [folder],
    });

  for (const shell of ['dash', 'bash']) {
    it(`answers as one JSON document under ${shell}, whatever the files hold`, function () {
      if (spawnSync(shell, ['-c', 'true']).error) this.skip();
      this.timeout(10_000);
      const hostile = '\\ "quoted" \\" \t tab \r ünï \u0001\u001b[31m $(touch x) `id` & <> \\n';
      writeFileSync(join(folder, "it's a file"), '');
      writeFileSync(join(folder, 'cron'), `# comment\n\n* * * * * root ${hostile}\n`);
      writeFileSync(
        join(folder, 'status'),
        'Lsyncd status report at now\n\nThere are 2 delays\nInotify watching 1 directories\n  1: /x\n',
      );
      const { stdout } = spawnSync(shell, ['-c', script()], { encoding: 'utf8' });
      const parts = readProbeDocument('here', stdout);
      // Control characters become `?`: they mean nothing to us, and JSON forbids them.
      const line = `${join(folder, 'cron')}:* * * * * root ${hostile.replace('\u0001\u001b', '??')}`;
      assert.equal(parts['cron']?.text, line);
      assert.match(parts['digests']?.text ?? '', /^[0-9a-f]{64}/);
      assert.match(parts['lsyncd-status']?.text ?? '', /^\d+\nLsyncd[^]*Inotify watching 1 directories$/);
      assert.match(parts['ended']?.text ?? '', /^\d+\.\d+$/);
      assert.equal(parts['boot']?.exit, 0);
      assert.match(parts['files']?.text ?? '', /^3 \d+\.\d+ 0\.000$/, 'three files, all of this minute');
    });

    it(`answers under ${shell} where a power cut has left a file full of zeros`, function () {
      if (spawnSync(shell, ['-c', 'true']).error) this.skip();
      writeFileSync(join(folder, 'status'), Buffer.alloc(3));
      const { stdout } = spawnSync(shell, ['-c', script()], { encoding: 'utf8' });
      assert.match(readProbeDocument('here', stdout)['lsyncd-status']?.text ?? '', /^\d+\n\?\?\?$/);
    });
  }

  it('passes shellcheck', function () {
    const checked = spawnSync('shellcheck', ['-s', 'sh', '-S', 'warning', '-e', 'SC3028,SC2034', '-'], {
      input: `#!/bin/sh\n${script()}`,
      encoding: 'utf8',
    });
    if (checked.error) this.skip();
    assert.equal(checked.stdout, '');
  });
});
