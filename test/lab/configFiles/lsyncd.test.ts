import assert from 'node:assert/strict';
import { CLEAN, REFUSED_CASES, TRAP_CASES } from '../../unit/configFiles/lsyncdCases';
import { edited } from '../../unit/configFiles/case';
import { Lab } from '../lab';
import { verdicts } from './verdicts';

/** Ends before it copies anything: what is read so far is judged. A config that is refused ends with 255. */
const READ = `printf '\\nos.exit(0)\\n' >>"$1"; lsyncd -nodaemon "$1"`;
/** Calls an rsync that only says how it was called, and is stopped then. */
const CALL = `: >/run/rsync-calls; lsyncd -nodaemon "$1" & pid=$!
  for _ in $(seq 100); do [ -s /run/rsync-calls ] && break; kill -0 $pid 2>/dev/null || break; sleep 0.05; done
  kill $pid 2>/dev/null; wait $pid 2>/dev/null; cat /run/rsync-calls`;
const RSYNC = '#!/bin/sh\necho "$*" >>/run/rsync-calls\n';

describe('the rules on lsyncd and the real lsyncd', () => {
  const lab = Lab.current();
  before(() =>
    lab.mustConsole(
      'cc1',
      `mkdir -p /var/lib/cmon/x /etc/cmon.d /run/lsyncd-a; cat >/run/rsync-says; chmod 755 /run/rsync-says`,
      { input: RSYNC },
    ),
  );

  it('what is said to be refused, is; what is clean, and each trap, it takes', async () => {
    const refused = Object.values(REFUSED_CASES).map(({ fires }) => fires);
    const taken = [CLEAN, ...Object.values(TRAP_CASES).map(({ fires }) => fires)];
    // A missing target or source is seen when the file is at its end.
    const said = await verdicts(lab, 'cc1', READ, [...refused, ...taken], 'lsyncd.conf.lua');
    assert.deepEqual(
      said.map(({ code }) => code),
      [...refused.map(() => 255), ...taken.map(() => 0)],
      JSON.stringify(said, undefined, 1),
    );
  });

  const sync = (more: string, source = '/run/lsyncd-a/'): string =>
    `settings { insist = true }\nsync { default.rsync, source = "${source}", target = "/run/lsyncd-b/", ${more} rsync = { binary = "/run/rsync-says" } }\n`;

  it('deletes at start unless it is told otherwise, and puts the slash there itself', async () => {
    const texts = [
      sync(''),
      sync('delete = "startup",'),
      sync('delete = "running",'),
      sync('delete = false,'),
      edited(sync('delete = "running",'), '-says"', '-says", _extra = { "--delete" }'),
      sync('delete = false,', '/run/lsyncd-a'),
    ];
    const said = await verdicts(lab, 'cc1', CALL, texts, 'lsyncd.conf.lua');
    const calls = said.map(
      ({ output }) =>
        output
          .split('\n')
          .filter((line) => line.includes('/run/lsyncd-b/'))
          .at(-1) ?? '',
    );
    assert.deepEqual(
      calls.map((call) => call.includes('--delete')),
      [true, true, false, false, true, false],
      JSON.stringify(said),
    );
    assert.match(calls[5] ?? '', / \/run\/lsyncd-a\/ \/run\/lsyncd-b\/$/);
  });
});
