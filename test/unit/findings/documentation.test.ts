import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_FILE_RULES } from '../../../src/core/configFiles/table';
import { STRUCTURE } from '../../../src/core/inventory/structure';
import { SET_RULES, SITE_RULES } from '../../../src/core/schemes/replication/rules/table';
import { STATE_RULES } from '../../../src/core/schemes/replication/state/table';

const RULES = [
  ...Object.values(STRUCTURE),
  ...SITE_RULES,
  ...SET_RULES,
  ...STATE_RULES,
  ...CONFIG_FILE_RULES,
];

/** Sections of docs/findings.md by their anchor. */
const sections = new Map(
  readFileSync(join(__dirname, '../../../docs/findings.md'), 'utf8')
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const [code = '', ...text] = section.split('\n');
      return [code.trim(), text.join('\n').replace(/\s+/g, ' ')] as const;
    }),
);

describe('docs/findings.md', () => {
  it('has an anchor for each code, and no other', () => {
    const codes = RULES.map(({ code }) => code);
    assert.deepEqual([...sections.keys()].sort(), [...codes].sort());
    assert.equal(new Set(codes).size, codes.length, 'codes are unique');
  });

  for (const rule of RULES) {
    it(`says of ${rule.code} what the product says, what it is known from and how severe it is`, () => {
      const text = sections.get(rule.code) ?? '';
      assert.match(rule.code, /^[a-z0-9]+(-[a-z0-9]+)+$|^unknown$/);
      assert.ok(text.includes(`**Why.** ${rule.why}`), 'why');
      assert.ok(text.includes(`**What to do.** ${rule.remedy}`), 'remedy');
      assert.match(text, /\*\*Known from\.\*\* \S+/);
      assert.ok(text.toLowerCase().includes(`*${rule.severity}.*`), 'severity');
    });
  }
});
