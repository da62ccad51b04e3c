import { secretNames } from '../plan/placeholders';

const HIDDEN = '(hidden)';
const DIFFERENT = '(different value)';
/** keepalived's own form, and `KEY = value` of any file whose key speaks of a secret. */
const SECRET_LINES = [
  /^([ \t]*auth_pass[ \t]+)(\S.*)$/,
  /^([ \t]*["']?[\w.-]*(?:passw|passphrase|secret|token|_key|-key|apikey|credential)[\w.-]*["']?[ \t]*[=:][ \t]*)(\S.*)$/i,
];
const REFERENCE = /\{\{secret:[A-Za-z0-9_.-]+\}\}/;

/** Values of secrets by name; undefined where none is set. */
export type SecretValueOf = (name: string) => string | undefined;

/** A line of ours with a secret: what it begins and ends with, what it holds, how it is shown. */
interface SecretLine {
  readonly before: string;
  readonly after: string;
  /** Undefined: its secret has no value here. */
  readonly value: string | undefined;
  readonly name: string;
  readonly shown: string;
}

/**
 * A text of a host as it may be shown. Where ours has a secret, an equal value becomes what ours is shown as, another one
 * words that say so; what others wrote and looks like a secret is hidden.
 */
export function shownHostText(ours: string, text: string, valueOf: SecretValueOf): string {
  if (isProgram(ours)) return text;
  const own = ours.split('\n').flatMap((line) => secretLine(line, valueOf));
  return text
    .split('\n')
    .map((line) => compared(own, line) ?? hidden(line))
    .join('\n');
}

/** Our own text as it may be shown: references stay, a documented password in clear is hidden like everyone's. */
export function shownOwnText(text: string): string {
  return isProgram(text) ? text : text.split('\n').map(hidden).join('\n');
}

/** Programs of ours hold no secrets: an assignment to `token` is their code. */
function isProgram(text: string): boolean {
  return text.startsWith('#!') && secretNames(text).length === 0;
}

function secretLine(line: string, valueOf: SecretValueOf): SecretLine[] {
  const [name] = secretNames(line);
  if (name !== undefined) {
    const [before = '', after = ''] = line.split(REFERENCE);
    return [{ before, after, name, value: valueOf(name), shown: line }];
  }
  const match = shapeOf(line);
  if (match === undefined) return [];
  const { before, value } = match;
  return [{ before, after: '', name: '', value, shown: `${before}${HIDDEN}` }];
}

/** Undefined for a line that is like none of ours. */
function compared(own: readonly SecretLine[], line: string): string | undefined {
  let other: string | undefined;
  for (const { before, after, name, value, shown } of own) {
    const match = new RegExp(`^${loose(before)}(\\S.*?)${loose(after)}[ \\t]*$`).exec(line);
    if (match === null) continue;
    if (value !== undefined && match[1] === value) return shown;
    other ??=
      value === undefined
        ? `${before}(the secret ${name} is not set here)${after}`
        : `${before}${DIFFERENT}${after}`;
  }
  return other;
}

/** Blanks may differ in number. */
function loose(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[ \t]+/g, '[ \\t]*');
}

function shapeOf(line: string): { readonly before: string; readonly value: string } | undefined {
  for (const shape of SECRET_LINES) {
    const match = shape.exec(line);
    if (match) return { before: match[1] ?? '', value: match[2] ?? '' };
  }
  return undefined;
}

function hidden(line: string): string {
  const match = shapeOf(line);
  return match === undefined || REFERENCE.test(match.value) ? line : `${match.before}${HIDDEN}`;
}
