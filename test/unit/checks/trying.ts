import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Trouble } from '../../lab/promote/trouble';
import { ROOT, textOf } from './cases';
import type { How, Tried, TroubleTable } from './tried';

/** On what a check is seen to fire; undefined: no case. @throws where cases differ: the page has one word for it. */
export function howTried(
  id: string,
  tables: readonly TroubleTable[],
  cases: readonly Tried[],
): How | undefined {
  const hows = new Set(cases.filter(({ check }) => check === id).map(({ how }) => how));
  if (tables.some(({ troubles }) => troubles.some(({ check }) => check === id))) hows.add('broken host');
  assert.ok(hows.size < 2, `${id}: ${[...hows].join(', ')}`);
  return [...hows][0];
}

/** Every case is in its file, makes its table or names its check, and is run by `npm test`; every trouble is in a table. */
export function holds(
  tables: readonly TroubleTable[],
  cases: readonly Tried[],
  troubles: readonly Trouble[],
): void {
  for (const { table, ...one } of tables) {
    assert.match(textOf(one), new RegExp(`\\b${table}\\b`), `${one.file}: "${one.title}" has no ${table}`);
  }
  for (const { check, how, ...one } of cases) {
    const text = textOf(one);
    // On hosts a case takes its checks from a list beside it at times.
    const where = how === 'edited capture' ? text : readFileSync(path.join(ROOT, one.file), 'utf8');
    assert.ok(where.includes(`'${check}'`), `${one.file}: "${one.title}" does not name ${check}`);
  }
  const made = new Set(tables.flatMap((one) => one.troubles));
  assert.deepEqual(
    troubles.filter((trouble) => !made.has(trouble)).map(({ check }) => check),
    [],
    'in no table that a case makes',
  );
}

/** Whether the column "tried" begins with how it is tried, or has each mode behind its own. */
export function saysHow(column: string, how: Readonly<Partial<Record<string, How>>>): boolean {
  const different = new Set(Object.values(how));
  if (different.size === 1) return [...different].every((one) => one !== undefined && column.startsWith(one));
  return Object.entries(how).every(([mode, one]) => column.includes(`${one} (${mode}`));
}
