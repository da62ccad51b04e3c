import { inspect } from 'node:util';

/** What is said of an error that nobody foresaw. Its stack only with CCHA_DEBUG=1: it says nothing to an operator. */
export function faultText(error: unknown, env: NodeJS.ProcessEnv): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return [
    `This is a fault of the program: ${message}`,
    'If a run was begun, its journal tells how far it came: cli.js runs',
    env['CCHA_DEBUG'] === '1'
      ? inspect(error)
      : 'Next: CCHA_DEBUG=1 in the environment shows where it happened; please report it with that.',
  ].join('\n');
}
