import { shellQuote } from '../../../quote';

/**
 * The client of a host's own server: statements on standard input, bare values, and it ends at the first error. root's option
 * files say who logs in. The server that they may name (`host=`) is not asked: without `--host=localhost` it would be, or the
 * client ends with error 2047 (measured, 9.7). An option file's `force` would have it go on after an error.
 */
export function localClient(socket: string): string {
  return `mysql ${localServer(socket)} --skip-force --batch --skip-column-names`;
}

/** The same for MySQL's other programs. */
export function localServer(socket: string): string {
  return `--protocol=socket --host=localhost --socket=${shellQuote(socket)}`;
}
