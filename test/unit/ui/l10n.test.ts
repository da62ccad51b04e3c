import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(__dirname, '../../..');
const BUNDLE = path.join(ROOT, 'l10n', 'bundle.l10n.json');

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));
}

/** First arguments of `vscode.l10n.t`; `unknown` where one is no plain text, which nobody could translate. */
function messages(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'vscode.l10n.t') {
      const [first] = node.arguments;
      assert.ok(first && ts.isStringLiteralLike(first), `${file}: l10n.t needs a plain text`);
      found.push(first.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

describe('l10n/bundle.l10n.json', () => {
  it('has every text of the user interface (UPDATE_L10N=1 rewrites it)', () => {
    const texts = [
      ...new Set(
        [...sources(path.join(ROOT, 'src', 'ui')), path.join(ROOT, 'src', 'extension.ts')].flatMap(messages),
      ),
    ].sort();
    const bundle = Object.fromEntries(texts.map((text) => [text, text]));
    if (process.env['UPDATE_L10N']) {
      writeFileSync(BUNDLE, `${JSON.stringify(bundle, null, 2)}\n`);
    }
    assert.deepEqual(JSON.parse(readFileSync(BUNDLE, 'utf8')), bundle);
  });
});
