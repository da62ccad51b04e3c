import assert from 'node:assert/strict';
import { examineConfigFile } from '../../../src/core/configFiles/examine';
import { BLOCK_KEYWORDS } from '../../../src/core/configFiles/keepalived/keywords';
import { DAEMON_RULES } from '../../../src/core/configFiles/keepalived/table';
import { DAEMON_CASES, HARDENED, REFUSED, TAKEN, TRAP_CASES } from '../../unit/configFiles/keepalivedCases';
import { Lab } from '../lab';
import { verdicts } from './verdicts';

const TEST = 'keepalived -t -f "$1"';
/** What the texts name has to be there: the daemon looks. */
const PREPARE = `mkdir -p /run/clustercontrol-ha
  for f in /etc/keepalived/manage_snat.sh /usr/local/bin/check_cmon; do
    [ -e $f ] || { printf '#!/bin/sh\\n' >$f; chmod 755 $f; }
  done`;

/** Debian builds keepalived without linkbeat, BFD and ipsets. */
const NOT_BUILT = /linkbeat|bfd|ipsets/;

describe('the rules on keepalived.conf and the real keepalived', () => {
  const lab = Lab.current();
  const ofDaemon = new Set(DAEMON_RULES.map(({ code }) => code));
  /** Of what a rule of the daemon's kind fires in, keepalived must complain. */
  const weComplain = (text: string): boolean =>
    (examineConfigFile('keepalived.conf', text) ?? []).some(({ code }) => ofDaemon.has(code));

  before(() => lab.mustConsole('cc1', PREPARE));

  it('agree on every text of the corpus', async () => {
    const texts = [
      ...Object.values(DAEMON_CASES).flatMap(({ fires, silent }) => [fires, silent]),
      ...Object.values(TRAP_CASES).flatMap(({ fires, silent }) => [fires, silent]),
      ...TAKEN,
      ...REFUSED,
    ];
    const said = await verdicts(lab, 'cc1', TEST, texts);
    const disagree = texts.flatMap((text, index) => {
      const { code, output } = said[index] ?? { code: -1, output: '' };
      return (code !== 0) === weComplain(text) ? [] : [`--- exit ${code}\n${output}\n${text}`];
    });
    assert.deepEqual(disagree, []);
    assert.ok(texts.length > 70, `${texts.length} texts`);
    console.log(`      ${texts.length} texts`);
  });

  it('the traps are those that it takes without a word', async () => {
    const cases = Object.entries(TRAP_CASES);
    const said = await verdicts(
      lab,
      'cc1',
      TEST,
      cases.map(([, one]) => one.fires),
    );
    assert.deepEqual(
      cases.flatMap(([code], index) => (said[index]?.code === 0 ? [] : [`${code}: ${said[index]?.output}`])),
      [],
    );
  });

  for (const [block, words] of Object.entries(BLOCK_KEYWORDS)) {
    it(`${block}: every keyword that we know, it knows`, async () => {
      const texts = words.map((word) => inBlock(block, word));
      const said = await verdicts(lab, 'cc1', TEST, texts);
      // Words below one that wants a block of its own are unknown in their turn: each text is asked for its word only.
      const unknown = words.filter((word, index) =>
        said[index]?.output.includes(`Unknown keyword '${word}'`),
      );
      assert.deepEqual(
        unknown.filter((word) => !NOT_BUILT.test(word)),
        [],
      );
    });
  }
});

/** A file in which only this word of this block is new. */
function inBlock(block: string, word: string): string {
  if (block === 'vrrp_instance') return HARDENED.replace('    nopreempt\n', `    nopreempt\n    ${word} 1\n`);
  if (block === 'authentication')
    return HARDENED.replace('    nopreempt\n', `    authentication {\n        ${word} 1\n    }\n`);
  if (block === 'global_defs')
    return HARDENED.replace('    script_user root\n', `    script_user root\n    ${word} 1\n`);
  return `${HARDENED}${block} X {\n    ${word} 1\n}\n`;
}
