import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareFile, comparisonDiff } from '../../../src/core/deploy/compare';
import type { HostFile } from '../../../src/core/deploy/hostFile';
import type { Merge } from '../../../src/core/deploy/merge';
import { parseReadFiles, readFilesScript } from '../../../src/core/deploy/readFiles';
import type { RenderedFile } from '../../../src/core/deploy/renderedFile';
import { unifiedDiff } from '../../../src/core/deploy/diff';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

const file: RenderedFile = {
  host: 'cc1',
  path: '/etc/keepalived/keepalived.conf',
  content:
    '! Rendered from the inventory by ClusterControl HA: change it there.\nvrrp_instance VI_1 {\n    auth_pass {{secret:vrrp}}\n}\n',
  mode: '0600',
  owner: 'root',
  group: 'keepalived',
};
const WHOLE: Merge = { kind: 'whole' };
const onHost = (text: string, more: Partial<{ mode: string; owner: string }> = {}): HostFile => ({
  ...{ state: 'file', mode: '0600', owner: 'root', text },
  ...more,
});
const valueOf = (name: string): string | undefined => (name === 'vrrp' ? 'p(a)ss' : undefined);
const filled = file.content.replace('{{secret:vrrp}}', 'p(a)ss');

function kindOf(host: HostFile, rendered = file): string {
  return compareFile(rendered, WHOLE, host, valueOf).drift.kind;
}

describe('a rendered file beside what its host has', () => {
  it('is the same when only the secret stands in place of its reference', () => {
    assert.equal(kindOf(onHost(filled)), 'same');
  });

  it('names what differs', () => {
    assert.equal(kindOf({ state: 'absent' }), 'missing');
    assert.equal(kindOf(onHost(filled.replace('VI_1', 'VI_2'))), 'differs');
    assert.equal(kindOf(onHost(`# a remark\n\n${filled}`)), 'remarks');
    assert.equal(kindOf(onHost(filled, { mode: '0644' })), 'attributes');
    assert.equal(kindOf(onHost(filled, { owner: 'nobody' })), 'attributes');
    assert.equal(kindOf({ state: 'unreadable', reason: 'too large' }), 'unknown');
  });

  it('leaves mode and owner of a shared file to the others', () => {
    const shared: RenderedFile = { ...file, shared: 'block' };
    assert.equal(kindOf(onHost(filled, { mode: '0644', owner: 'nobody' }), shared), 'same');
  });

  it('never shows a value of a secret: not an equal one, another one, or one of somebody else', () => {
    const others = 'mysql_password = p4ssword\nrpc_key=abc\nauth_pass 1234\n';
    for (const value of ['p(a)ss', 'another', '(hidden)x', '{{x']) {
      const text = file.content.replace('{{secret:vrrp}}', value) + others;
      const seen = compareFile(file, WHOLE, onHost(text), valueOf);
      const shown = JSON.stringify([seen.onHost, seen.expected, seen.drift, comparisonDiff(seen)]);
      for (const secret of [value, 'p4ssword', 'abc', '1234']) assert.ok(!shown.includes(secret), secret);
      assert.equal(shown.includes('(different value)'), true, 'that of the others differs from ours');
    }
    const unset = compareFile(file, WHOLE, onHost(filled), () => undefined);
    assert.equal(unset.drift.kind, 'differs', 'what was not compared is not the same');
    assert.match(unset.onHost ?? '', /vrrp is not set here/);
  });

  it('tells a documented password in clear from another one, and shows neither', () => {
    const clear: RenderedFile = { ...file, content: 'a {\n    auth_pass 1113\n}\n' };
    assert.equal(
      kindOf(onHost('a {\n  auth_pass   1113\n}\n'), clear),
      'same',
      'spacing of a hidden line is not told',
    );
    const other = compareFile(clear, WHOLE, onHost('a {\n    auth_pass 9999\n}\n'), valueOf);
    assert.equal(other.drift.kind, 'differs');
    assert.ok(!/1113|9999/.test(comparisonDiff(other).join('\n')));
  });

  it('takes several lines of one key each for itself, and hides nothing of a program', () => {
    const lines: RenderedFile = { ...file, content: 'a_token=1\nb=2\na_token=3\n' };
    assert.equal(kindOf(onHost(lines.content), lines), 'same');
    const program: RenderedFile = { ...file, content: '#!/bin/sh\ntoken=$1\n' };
    assert.equal(compareFile(program, WHOLE, onHost(program.content), valueOf).onHost, program.content);
  });

  it('gives differences that patch(1) would take', () => {
    const line = fc.constantFrom('a', 'b', 'c', '');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), fc.array(line, { maxLength: 14 }), (x, y) => {
        const [before, after] = [x, y].map((lines) => lines.map((one) => `${one}\n`).join(''));
        const hunks = unifiedDiff(before ?? '', after ?? '');
        assert.equal(hunks.length === 0, before === after);
        assert.equal(patched(before ?? '', hunks), after);
      }),
      { numRuns: 500 },
    );
  });
});

/** Applies hunks strictly: each line must stand where the hunk says. */
function patched(before: string, hunks: readonly string[]): string {
  const source = before.split('\n').slice(0, -1);
  const result: string[] = [];
  let at = 0;
  for (const line of hunks) {
    const head = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (head) {
      const start = Number(head[1]) - (head[2] === '0' ? 0 : 1);
      result.push(...source.slice(at, start));
      at = start;
    } else if (line.startsWith('+')) result.push(line.slice(1));
    else {
      assert.equal(source[at], line.slice(1));
      at++;
      if (line.startsWith(' ')) result.push(line.slice(1));
    }
  }
  return [...result, ...source.slice(at)].map((line) => `${line}\n`).join('');
}

describe('reading files of a host', () => {
  const folder = mkdtempSync(path.join(tmpdir(), "clustercontrol-ha-read-$(id)'"));
  after(() => rmSync(folder, { recursive: true }));
  const at = (name: string): string => path.join(folder, name);

  it('tells text, mode and owner, and what is no text, no file, or too large', () => {
    writeFileSync(at('plain'), 'ä\r\nno end');
    chmodSync(at('plain'), 0o640);
    symlinkSync('plain', at('link'));
    writeFileSync(at('empty'), '');
    writeFileSync(at('binary'), Buffer.from([0xff, 0xfe, 0]));
    writeFileSync(at('large'), 'x'.repeat(300_000));
    const paths = ['plain', 'link', 'empty', 'binary', 'large', 'absent', '.'].map(at);
    const printed = execFileSync('sh', ['-c', readFilesScript(paths)], { encoding: 'utf8' });
    const read = parseReadFiles(paths, printed);
    const owner = userInfo().username;
    const text = { state: 'file', mode: '0640', owner, text: 'ä\r\nno end' };
    assert.deepEqual(read[at('plain')], text);
    assert.deepEqual(read[at('link')], text);
    assert.equal(read[at('empty')]?.state, 'file');
    assert.equal(read[at('absent')]?.state, 'absent');
    for (const name of ['binary', 'large', '.']) assert.equal(read[at(name)]?.state, 'unreadable', name);
    assert.throws(() => parseReadFiles(paths, printed.slice(0, -8)), RangeError, 'an answer that was cut');
  });
});
