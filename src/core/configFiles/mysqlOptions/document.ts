import type { TextRange } from '../../findings/finding';
import type { ConfigText } from '../place';

export interface Option {
  /** Of the section it stands in: `mysqld`. */
  readonly group: string;
  /** As written. */
  readonly written: string;
  /** With underscores, without `loose`: option files take both. */
  readonly name: string;
  /** `loose_`: a server that doesn't know it only warns. */
  readonly loose: boolean;
  /** Without quotes; undefined: a name alone, which turns it on. */
  readonly value: string | undefined;
  readonly at: TextRange;
  readonly valueAt: TextRange;
  /** Name and value. */
  readonly line: TextRange;
}

export interface MysqlDocument extends ConfigText {
  /** Of the sections that the server reads. */
  readonly options: readonly Option[];
  /** Headers of those sections. */
  readonly sections: readonly TextRange[];
  /** `!include` and `!includedir` lines. */
  readonly includes: readonly TextRange[];
  /** Options before any section. */
  readonly outside: readonly TextRange[];
}

const SERVER = /^(server|mysqld(-\d+(\.\d+)*)?)$/;

/** An option file (MySQL manual, "Using Option Files"): sections, options, includes, each with its place. */
export function readMysqlOptions(file: string, text: string): MysqlDocument {
  const options: Option[] = [];
  const sections: TextRange[] = [];
  const includes: TextRange[] = [];
  const outside: TextRange[] = [];
  let group: string | undefined;
  let offset = 0;
  for (const line of text.split('\n')) {
    const begin = offset + (/^\s*/.exec(line)?.[0].length ?? 0);
    const content = line.trim();
    const at = { start: begin, end: begin + content.length };
    offset += line.length + 1;
    if (content === '' || /^[#;]/.test(content)) continue;
    const header = /^\[([^\]]*)\]/.exec(content);
    if (header !== null) {
      group = (header[1] ?? '').trim();
      if (SERVER.test(group)) sections.push({ start: begin, end: begin + header[0].length });
    } else if (/^!include(dir)?\b/.test(content)) {
      includes.push(at);
    } else if (group === undefined) {
      outside.push(at);
    } else if (SERVER.test(group)) {
      options.push(optionOf(group, content, begin));
    }
  }
  return { file, text, options, sections, includes, outside };
}

function optionOf(group: string, content: string, begin: number): Option {
  const bare = content.slice(0, commentStart(content)).trimEnd();
  const equals = bare.indexOf('=');
  const written = (equals < 0 ? bare : bare.slice(0, equals)).trimEnd();
  const from = equals < 0 ? bare.length : equals + 1 + (/^\s*/.exec(bare.slice(equals + 1))?.[0].length ?? 0);
  const underscored = written.replaceAll('-', '_');
  const loose = underscored.startsWith('loose_');
  return {
    group,
    written,
    name: loose ? underscored.slice('loose_'.length) : underscored,
    loose,
    value: equals < 0 ? undefined : unquoted(bare.slice(from)),
    at: { start: begin, end: begin + written.length },
    valueAt: { start: begin + from, end: begin + bare.length },
    line: { start: begin, end: begin + bare.length },
  };
}

/** `#` begins a comment in the middle of a line too, outside of quotes. */
function commentStart(content: string): number {
  let quote = '';
  for (let i = 0; i < content.length; i++) {
    const character = content.charAt(i);
    if (character === '\\') i++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '#') return i;
  }
  return content.length;
}

function unquoted(value: string): string {
  return /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
}

/** The option that holds: the server takes the last. */
export function optionNamed({ options }: MysqlDocument, ...names: readonly string[]): Option | undefined {
  return options.findLast(({ name }) => names.includes(name));
}

/** On, off, or neither for a value that is not a switch. */
export function isOn({ value }: Option): boolean | undefined {
  const word = (value ?? 'ON').toUpperCase();
  return ['ON', '1', 'TRUE'].includes(word) ? true : ['OFF', '0', 'FALSE'].includes(word) ? false : undefined;
}

/** A file that sets up replication, and not only paths or limits. */
export function setsUpReplication(document: MysqlDocument): boolean {
  return (
    optionNamed(
      document,
      'gtid_mode',
      'log_replica_updates',
      'log_slave_updates',
      'clone_valid_donor_list',
    ) !== undefined
  );
}
