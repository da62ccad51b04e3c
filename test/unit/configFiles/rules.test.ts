import assert from 'node:assert/strict';
import { examineConfigFile } from '../../../src/core/configFiles/examine';
import { CONFIG_FILE_RULES } from '../../../src/core/configFiles/table';
import type { Finding, TextFix } from '../../../src/core/findings/finding';
import { ALL_CASES } from './allCases';
import type { ConfigCase } from './case';

function findings({ file, keepalived }: ConfigCase, text: string): readonly Finding[] {
  const found = examineConfigFile(file, text, file, keepalived === undefined ? {} : { keepalived });
  assert.ok(found !== undefined, `${file} is not known`);
  return found;
}

function covered(text: string, finding: Finding): string {
  assert.ok(finding.where.kind === 'file');
  return text.slice(finding.where.at.start, finding.where.at.end);
}

function applied(text: string, { edits }: TextFix): string {
  return [...edits]
    .sort((a, b) => b.range.start - a.range.start || b.range.end - a.range.end)
    .reduce((now, { range, newText }) => now.slice(0, range.start) + newText + now.slice(range.end), text);
}

const RULES = new Map(CONFIG_FILE_RULES.map((rule) => [rule.code, rule]));

describe('findings from configuration files', () => {
  it('have a case for each code, and none for a code that is none', () => {
    assert.deepEqual(Object.keys(ALL_CASES).sort(), [...RULES.keys()].sort());
  });

  for (const [code, one] of Object.entries(ALL_CASES)) {
    it(`${code} fires at its place, with the company that belongs to it`, () => {
      const found = findings(one, one.fires);
      assert.deepEqual(new Set(found.map((finding) => finding.code)), new Set([code, ...(one.also ?? [])]));
      const mine = found.filter((finding) => finding.code === code);
      assert.deepEqual(
        mine.map((finding) => covered(one.fires, finding)),
        [one.at],
      );
      assert.equal(mine[0]?.severity, RULES.get(code)?.severity);
    });

    it(`${code} is silent where it must be`, () => {
      assert.deepEqual(
        findings(one, one.silent).map((finding) => `${finding.code}: ${finding.message}`),
        [],
      );
    });

    it(`${code} is gone after its fix, and nothing else came`, () => {
      const fix = findings(one, one.fires).find((finding) => finding.code === code)?.fix;
      assert.equal(fix !== undefined, one.fixed !== undefined, 'the case says whether there is a fix');
      if (fix === undefined) return;
      const mended = applied(one.fires, fix);
      assert.ok(mended.includes(one.fixed ?? ''), mended);
      assert.deepEqual(
        findings(one, mended).map((finding) => finding.code),
        [],
      );
      // Comments stay: each of them is in the mended text.
      for (const comment of one.fires.match(/^\s*(#|--|!).*$/gm) ?? []) assert.ok(mended.includes(comment));
    });
  }
});
