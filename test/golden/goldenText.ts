import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const EXPECTED = join(__dirname, 'expected');

/** Compares a text with the one that is kept. `UPDATE_GOLDEN=1` keeps the new one; read the difference before you commit. */
export function goldenText(name: string, actual: string): void {
  const path = join(EXPECTED, name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
    return;
  }
  assert.equal(
    actual,
    readFileSync(path, 'utf8'),
    `${name} differs; UPDATE_GOLDEN=1 npm run test:unit keeps the new text`,
  );
}
