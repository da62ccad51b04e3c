import { OperatorError } from '../errors';
import { type Hook, type Hooks, NO_HOOKS, type PowerHook } from './hooks';

const DEFAULT_SECONDS = 60;
const MOST_SECONDS = 3_600;

/**
 * Reads hooks from settings: `{ before: [HOOK], after: [HOOK], power: HOOK }` (docs/hooks.md). An unknown key is an error: a
 * hook that is left out by a typing mistake would be missed in the worst night.
 * @param source where it stands, for the message.
 * @throws OperatorError `format-unknown`
 */
export function readHooks(value: unknown, source: string): Hooks {
  if (value === undefined || value === null) return NO_HOOKS;
  const read = new Reader(source);
  const { before, after, power } = read.object(value, '', ['before', 'after', 'power']);
  return {
    before: read.list(before, 'before').map((one, index) => hook(read, one, `before[${index}]`)),
    after: read.list(after, 'after').map((one, index) => hook(read, one, `after[${index}]`)),
    power: power === undefined || power === null ? undefined : powerHook(read, power),
  };
}

function hook(read: Reader, value: unknown, at: string): Hook {
  const keys = ['name', 'argv', 'undo', 'verify', 'timeoutSeconds', 'operations', 'sites'];
  const found = read.object(value, at, keys);
  const argv = read.argv(found.argv, `${at}.argv`);
  if (found.undo !== undefined && !at.startsWith('before')) {
    throw read.wrong(`${at}.undo`, 'only a hook before can be undone');
  }
  return {
    name:
      found.name === undefined
        ? `Run ${argv[0]?.split('/').at(-1) ?? ''}`
        : read.text(found.name, `${at}.name`),
    argv,
    ...(found.undo === undefined ? {} : { undo: read.argv(found.undo, `${at}.undo`) }),
    ...(found.verify === undefined ? {} : { verify: read.argv(found.verify, `${at}.verify`) }),
    timeoutMs: read.timeoutMs(found.timeoutSeconds, `${at}.timeoutSeconds`),
    ...(found.operations === undefined
      ? {}
      : { operations: read.words(found.operations, `${at}.operations`) }),
    ...(found.sites === undefined ? {} : { sites: read.words(found.sites, `${at}.sites`) }),
  };
}

function powerHook(read: Reader, value: unknown): PowerHook {
  const found = read.object(value, 'power', ['argv', 'timeoutSeconds']);
  return {
    argv: read.argv(found.argv, 'power.argv'),
    timeoutMs: read.timeoutMs(found.timeoutSeconds, 'power.timeoutSeconds'),
  };
}

class Reader {
  constructor(private readonly source: string) {}

  wrong(at: string, what: string): OperatorError {
    return new OperatorError({
      code: 'format-unknown',
      what: `The hooks in ${this.source} can't be used: ${[at, what].filter(Boolean).join(': ')}.`,
      state: 'Nothing was begun.',
      next: 'Mend them (docs/hooks.md), then try again.',
    });
  }

  object(value: unknown, at: string, known: readonly string[]): Readonly<Record<string, unknown>> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.wrong(at, 'it is no object');
    }
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    if (unknown !== undefined) {
      throw this.wrong(at, `there is no "${unknown}"; it may hold ${known.join(', ')}`);
    }
    return value as Readonly<Record<string, unknown>>;
  }

  list(value: unknown, at: string): readonly unknown[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw this.wrong(at, 'it is no list');
    return value;
  }

  text(value: unknown, at: string): string {
    if (typeof value !== 'string' || value.trim() === '' || /[\0\r\n]/.test(value)) {
      throw this.wrong(at, 'it is no line of text');
    }
    return value;
  }

  words(value: unknown, at: string): readonly string[] {
    return this.list(value, at).map((word, index) => this.text(word, `${at}[${index}]`));
  }

  /** A program and its arguments. A single text would need a shell to be taken apart. */
  argv(value: unknown, at: string): readonly string[] {
    const words = this.list(value, at);
    if (words.length === 0) {
      throw this.wrong(at, 'it needs a program and its arguments, as a list');
    }
    return words.map((word, index) => {
      if (typeof word !== 'string' || word.includes('\0') || (index === 0 && word.trim() === '')) {
        throw this.wrong(`${at}[${index}]`, 'it is no text');
      }
      return word;
    });
  }

  timeoutMs(value: unknown, at: string): number {
    const seconds = value ?? DEFAULT_SECONDS;
    if (typeof seconds !== 'number' || !(seconds > 0 && seconds <= MOST_SECONDS)) {
      throw this.wrong(at, `it is no number of seconds up to ${MOST_SECONDS}`);
    }
    return Math.ceil(seconds * 1_000);
  }
}
