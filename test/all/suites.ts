import { availableParallelism } from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');
export const LOGS = path.join(ROOT, 'test-results/logs');

/** One suite: a command that prints `N passed, N failed, N skipped` last. */
export interface Suite {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Share of the machine it takes: suites run side by side while the sum fits. */
  readonly weight: number;
}

const tsx = path.join(ROOT, 'node_modules/.bin/tsx');
const script = (file: string, ...args: string[]): [string, ...string[]] => [
  tsx,
  path.join(ROOT, file),
  ...args,
];

/** How much runs at once. A lab with three hosts keeps about two cores busy while it boots, less afterwards. */
export const CAPACITY = Math.max(2, availableParallelism());

/** Quick ones first: a broken build should say so at once. */
export const SUITES: readonly Suite[] = [
  { name: 'static', command: script('test/all/static.ts'), weight: CAPACITY },
  { name: 'unit', command: script('test/all/unit.ts'), weight: CAPACITY },
];
