import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { SUITES } from '../../all/suites';

export const ROOT = path.join(__dirname, '../../..');

/** A case of a test, by its file from the repository's root and its title. */
export interface NamedCase {
  readonly file: string;
  readonly title: string;
}

/** Cases of a file and their text, by title: first arguments of `it`, where these are plain text. */
function casesIn(file: string): ReadonlyMap<string, string> {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const cases = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'it') {
      const [title] = node.arguments;
      if (title !== undefined && ts.isStringLiteralLike(title)) cases.set(title.text, node.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return cases;
}

export function titlesIn(file: string): readonly string[] {
  return [...casesIn(file).keys()];
}

/** What `test/all/unit.ts` takes. */
const UNIT = /^test\/(unit|golden)\/.*\.test\.ts$/;

/** Whether `npm test` runs a file. */
export function isRun(file: string): boolean {
  const words = SUITES.flatMap(({ command }) => command);
  if (UNIT.test(file)) return words.includes(path.join(ROOT, 'test/all/unit.ts'));
  return words
    .filter((word) => word.endsWith('.test.ts'))
    .some((spec) => {
      const pattern = spec.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
      return new RegExp(`^${pattern.join('[^/]*')}$`).test(file);
    });
}

/** The case's text. @throws when the file is not there, has no such case, or is not run by `npm test`. */
export function textOf({ file, title }: NamedCase): string {
  const text = casesIn(file).get(title);
  assert.ok(text !== undefined, `${file} has no case "${title}"`);
  assert.ok(isRun(file), `npm test does not run ${file}`);
  return text;
}
