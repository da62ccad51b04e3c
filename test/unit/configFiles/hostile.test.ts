import assert from 'node:assert/strict';
import { examineConfigFile } from '../../../src/core/configFiles/examine';
import { kindOf } from '../../../src/core/configFiles/kind';
import { ALL_CASES } from './allCases';
import * as keepalived from './keepalivedCases';
import * as lsyncd from './lsyncdCases';
import * as mysql from './mysqlCases';
import * as script from './notifyScriptCases';

const CLEAN: Readonly<Record<string, string>> = {
  'keepalived.conf': keepalived.HARDENED,
  'lsyncd.conf.lua': lsyncd.CLEAN,
  'my.cnf': mysql.CLEAN,
  'manage_snat.sh': script.CLEAN,
};

/** Every place, also of fixes and related places, lies in the text. */
function placesHold(file: string, text: string): void {
  for (const { where, related, fix, code } of examineConfigFile(file, text) ?? []) {
    const ranges = [
      ...[where, ...related.map((one) => one.where)].flatMap((one) => (one.kind === 'file' ? [one.at] : [])),
      ...(fix?.edits ?? []).map(({ range }) => range),
    ];
    for (const { start, end } of ranges) {
      assert.ok(
        start >= 0 && start <= end && end <= text.length,
        `${code}: ${start} to ${end} of ${text.length}`,
      );
    }
  }
}

/** The same numbers each time (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('hostile configuration files', () => {
  for (const [file, text] of Object.entries(CLEAN)) {
    it(`${file}: half-typed at every letter`, () => {
      for (let length = 0; length <= text.length; length++) placesHold(file, text.slice(0, length));
    });

    it(`${file}: letters removed, doubled, replaced at random`, () => {
      const random = generator(7);
      const letters = '{}[]()"\'\\#!;=,.-\n\r\t\0$~@ü😀0aZ';
      for (let turn = 0; turn < 500; turn++) {
        const at = Math.floor(random() * text.length);
        const letter = letters.charAt(Math.floor(random() * letters.length));
        const removed = Math.floor(random() * 30);
        placesHold(
          file,
          text.slice(0, at) + letter.repeat(Math.floor(random() * 4)) + text.slice(at + removed),
        );
      }
    });

    it(`${file}: long lines, deep nesting, NUL, CRLF and a byte order mark end in time`, () => {
      const texts = [
        'x'.repeat(1_000_000),
        `${text}${'{ '.repeat(100_000)}`,
        `${text}${'sync { '.repeat(20_000)}`,
        `${text}"${'\\'.repeat(200_000)}`,
        `${text}${' '.repeat(500_000)}x`,
        `iptables ${'-A '.repeat(100_000)} MASTER SNAT`,
        `\ufeff${text}`,
        text.replaceAll('\n', '\0'),
        `sync{${'a=b..'.repeat(50_000)}`,
        'include x\n'.repeat(50_000),
        `${'[mysqld]\nserver-id=1\n'.repeat(5_000)}`,
        `${'vrrp_instance A {\n}\n'.repeat(2_000)}`,
      ];
      for (const [index, one] of texts.entries()) {
        // Processor time: what else the machine does is no fault of the text.
        const begin = process.cpuUsage();
        placesHold(file, one);
        const { user } = process.cpuUsage(begin);
        assert.ok(user < 2_000_000, `text ${index}: ${user / 1000} ms`);
      }
    });

    it(`${file}: it is said what is wrong with a text that is none`, () => {
      if (file.endsWith('.sh')) return;
      const texts = [
        'x'.repeat(1_000_000),
        'x'.repeat(2_000_000),
        `${text}sync {`,
        `${text}x = "`,
        '\t= {[\n',
      ];
      for (const one of texts) {
        const [finding] = examineConfigFile(file, one) ?? [];
        assert.ok(finding !== undefined, `nothing is said of ${JSON.stringify(one.slice(-20))}`);
      }
    });

    it(`${file}: nothing is said of it with CRLF`, () => {
      assert.deepEqual(examineConfigFile(file, text.replaceAll('\n', '\r\n')), []);
    });
  }

  it('a fix in a file with CRLF keeps its line breaks', () => {
    for (const [code, one] of Object.entries(ALL_CASES)) {
      const text = one.fires.replaceAll('\n', '\r\n');
      const fix = examineConfigFile(one.file, text)?.find((finding) => finding.code === code)?.fix;
      for (const { newText } of fix?.edits ?? []) assert.doesNotMatch(newText, /(?<!\r)\n/, code);
    }
  });
});

describe('the kind of a file', () => {
  const cases: readonly [path: string, text: string, kind: string | undefined][] = [
    ['/etc/keepalived/keepalived.conf', '', 'keepalived'],
    ['/etc/keepalived/conf.d.conf', '', 'keepalived'],
    ['keepalived-cc1.conf', '', 'keepalived'],
    ['/x/cc1.conf', 'vrrp_instance A {\n', 'keepalived'],
    ['/x/nginx.conf', 'server {\n', undefined],
    ['/etc/mysql/my.cnf', '', 'mysql'],
    ['/etc/my.cnf.d/mysql-server.cnf', '', 'mysql'],
    ['/etc/mysql/mysql.conf.d/zz.cnf', '# x\n[mysqld]\n', 'mysql'],
    ['/etc/cmon.cnf', 'hostname=1.2.3.4\n', undefined],
    ['/etc/lsyncd.conf', '', 'lsyncd'],
    ['/etc/lsyncd/lsyncd.conf.lua', '', 'lsyncd'],
    ['/x/init.lua', 'print(1)', undefined],
    ['/x/files.lua', 'sync { default.rsync }', 'lsyncd'],
    ['/x/manage_snat.sh', 'case MASTER) iptables -t nat -A POSTROUTING -j SNAT', 'notify-script'],
    ['/x/other.sh', 'iptables -A INPUT', undefined],
    ['/x/clustercontrol.yaml', 'version: 1', undefined],
  ];
  for (const [path, text, kind] of cases) {
    it(`${path} is ${kind ?? 'none of ours'}`, () => assert.equal(kindOf(path, text), kind));
  }
});
