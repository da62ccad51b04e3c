import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { SUITES } from '../../all/suites';
import { hazardTable } from '../../lab/hazards/markdown';
import { HAZARDS } from '../../lab/hazards/table';

const ROOT = path.join(__dirname, '../../..');

/** Titles of the cases that a file has: first arguments of `it`, where these are plain text. */
function titlesIn(file: string): readonly string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'it') {
      const [title] = node.arguments;
      if (title !== undefined && ts.isStringLiteralLike(title)) titles.push(title.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

/** Whether `npm test` runs a file. */
function isRun(file: string): boolean {
  const specs = SUITES.flatMap(({ command }) => command.filter((word) => word.endsWith('.test.ts')));
  return specs.some((spec) => {
    const pattern = spec.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${pattern.join('[^/]*')}$`).test(file);
  });
}

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
      for (const { file, title } of [...documented, ...product]) {
        assert.ok(titlesIn(file).includes(title), `${file} has no case "${title}"`);
        assert.ok(isRun(file), `npm test does not run ${file}`);
      }
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
