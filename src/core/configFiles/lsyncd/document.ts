import type { TextRange } from '../../findings/finding';
import type { ConfigText } from '../place';
import { Expressions } from './expressions';
import { tokensOf } from './tokens';
import type { Problem, Token } from './tokens';
import type { Table, Value } from './value';

/** One `sync { ... }`; in a loop over a list, one for each item. */
export interface Sync {
  /** The word `sync`. */
  readonly at: TextRange;
  /** The first item that is no pair: `default.rsync`. Undefined: it can't be told. */
  readonly layer: string | undefined;
  readonly table: Table;
}

export interface LsyncdDocument extends ConfigText {
  /** `settings { ... }`, where it stands. */
  readonly settings: { readonly at: TextRange; readonly table: Table } | undefined;
  /** `settings = { ... }`, which lsyncd refuses. */
  readonly assigned: TextRange | undefined;
  readonly syncs: readonly Sync[];
  readonly problems: readonly Problem[];
  /** Something here is decided while it runs: more may happen than is seen. */
  readonly dynamic: boolean;
}

/** What a configuration of lsyncd does, read without running it: calls, assignments, and loops over lists. */
export function readLsyncd(file: string, text: string): LsyncdDocument {
  const { tokens, problems } = tokensOf(text);
  const program = new Program(tokens);
  program.statements();
  const all = [...problems, ...program.problems].sort((a, b) => a.at.start - b.at.start);
  const { settings, assigned, syncs, dynamic } = program;
  return { file, text, settings, assigned, syncs, problems: all.slice(0, 1), dynamic };
}

/** Items of one loop that are followed. */
const MAX_TURNS = 200;

class Program extends Expressions {
  settings: LsyncdDocument['settings'];
  assigned: TextRange | undefined;
  readonly syncs: Sync[] = [];
  dynamic = false;

  constructor(tokens: readonly Token[]) {
    super(tokens, new Map<string, Value>());
  }

  /** Up to the `end` of the block, or of the text. */
  statements(): void {
    while (this.peek().kind !== 'end' && !this.is('end')) {
      const before = this.position;
      this.statement();
      if (this.position === before) this.next();
    }
  }

  private statement(): void {
    const token = this.peek();
    if (token.kind !== 'name') return void this.next();
    if (this.is('for')) return this.loop();
    if (this.is('function') || this.is('if') || this.is('while') || this.is('repeat')) return this.opaque();
    if (this.is('local') && this.is('function', 1)) return this.opaque();
    if (this.is('local')) this.next();
    const word = this.peek();
    if (this.is('=', 1)) return this.assignment(word);
    if ((word.text === 'sync' || word.text === 'settings') && (this.is('{', 1) || this.is('(', 1)))
      return this.call(word);
    this.expression();
  }

  private assignment(word: Token): void {
    this.position += 2;
    const value = this.expression();
    if (word.text === 'settings') this.assigned = { start: word.at.start, end: value.at.start };
    else this.names.set(word.text, value);
  }

  private call(word: Token): void {
    this.next();
    const value = this.expression();
    if (value.kind !== 'table') {
      this.dynamic = true;
    } else if (word.text === 'settings') {
      this.settings = { at: word.at, table: value };
    } else {
      const layer = value.fields.find(({ key }) => key === undefined)?.value;
      this.syncs.push({ at: word.at, layer: layer?.kind === 'path' ? layer.text : undefined, table: value });
    }
  }

  private opaque(): void {
    this.dynamic = true;
    this.skipBlock();
  }

  /** `for _, name in ipairs(list) do ... end`, once for each item; another loop once, with nothing known of its name. */
  private loop(): void {
    this.next();
    const names = [this.next().text];
    while (this.is(',')) {
      this.next();
      names.push(this.next().text);
    }
    const over = this.is('in') && (this.is('ipairs', 1) || this.is('pairs', 1)) && this.is('(', 2);
    let list: Value | undefined;
    if (over) {
      this.position += 3;
      list = this.expression();
    }
    while (!this.is('do') && this.peek().kind !== 'end') this.next();
    this.next();
    const body = this.position;
    const name = names[1] ?? '';
    const items = list?.kind === 'table' ? list.fields.slice(0, MAX_TURNS) : [];
    if (items.length === 0) this.dynamic = true;
    for (const item of items.length > 0 ? items : [undefined]) {
      this.position = body;
      if (item === undefined) this.names.delete(name);
      else this.names.set(name, item.value);
      this.statements();
    }
    this.names.delete(name);
    if (this.is('end')) this.next();
  }
}
