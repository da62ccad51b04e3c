import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { hazardTable } from '../../lab/hazards/markdown';
import { HAZARDS } from '../../lab/hazards/table';
import { ROOT, textOf, titlesIn } from '../checks/cases';

describe('the hazards of the documented procedure', () => {
  it('are 27', () => {
    assert.deepEqual(
      Object.keys(HAZARDS).map(Number),
      Array.from({ length: 27 }, (_, index) => index + 1),
    );
  });

  for (const [number, { documented, product, what, by }] of Object.entries(HAZARDS)) {
    it(`hazard ${number} has a test in which the documented procedure falls in, and one in which the product does not`, () => {
      assert.ok(documented.length > 0 && product.length > 0);
      assert.ok(what !== '' && by !== '');
      for (const one of [...documented, ...product]) textOf(one);
    });
  }

  it('has every case that names a hazard in its row', () => {
    const files = Object.values(HAZARDS).flatMap((hazard) =>
      [...hazard.documented, ...hazard.product].map(({ file }) => file),
    );
    for (const file of new Set(files)) {
      for (const title of titlesIn(file)) {
        const [, numbers = ''] = /^hazards? ([\d, and]+)[,:]/.exec(title) ?? [];
        for (const number of numbers.match(/\d+/g) ?? []) {
          const { documented = [], product = [] } = HAZARDS[Number(number)] ?? {};
          const named = [...documented, ...product].some((one) => one.file === file && one.title === title);
          assert.ok(named, `hazard ${number} does not name "${title}"`);
        }
      }
    }
  });

  it('are in docs/hazards.md as in the table', () => {
    const page = readFileSync(path.join(ROOT, 'docs/hazards.md'), 'utf8');
    assert.ok(page.includes(hazardTable(HAZARDS)), 'print it with: npx tsx test/lab/hazards/print.ts');
  });
});
