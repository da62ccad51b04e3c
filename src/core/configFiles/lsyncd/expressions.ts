import type { TextRange } from '../../findings/finding';
import type { Problem, Token } from './tokens';
import type { Field, Value } from './value';

/** Tables in tables; a configuration needs about four. */
const MAX_DEPTH = 50;

/** Reads the expressions that a configuration is made of: strings joined by `..`, tables, names. */
export class Expressions {
  position = 0;
  readonly problems: Problem[] = [];
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    protected readonly names: Map<string, Value>,
  ) {}

  protected peek(ahead = 0): Token {
    return this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)] as Token;
  }

  protected is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'symbol' || token.kind === 'name');
  }

  protected next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.position++;
    return token;
  }

  protected expression(): Value {
    const first = this.operand();
    const parts = [first];
    let dynamic = false;
    while (this.peek().kind === 'symbol' && /^(\.\.|[-+*/%^<>]|[=~<>]=)$/.test(this.peek().text)) {
      if (this.next().text !== '..') dynamic = true;
      parts.push(this.operand());
    }
    const last = parts[parts.length - 1] ?? first;
    if (parts.length === 1) return first;
    const at = { start: first.at.start, end: last.at.end };
    const texts = parts.flatMap((part) =>
      part.kind === 'string' || part.kind === 'number' ? [part.text] : [],
    );
    return !dynamic && texts.length === parts.length
      ? { kind: 'string', text: texts.join(''), at }
      : { kind: 'unknown', at };
  }

  private operand(): Value {
    const token = this.peek();
    if (token.kind === 'string' || token.kind === 'number') {
      this.next();
      return { kind: token.kind, text: token.text, at: token.at };
    }
    if (this.is('{')) return this.table();
    if (this.is('(')) return this.parenthesis();
    if (this.is('function')) return this.skipFunction();
    if (token.kind === 'name') return this.named();
    if (this.is('-') || this.is('#') || this.is('not')) {
      this.next();
      return { kind: 'unknown', at: { start: token.at.start, end: this.operand().at.end } };
    }
    return { kind: 'unknown', at: token.at };
  }

  private named(): Value {
    const first = this.next();
    if (first.text === 'true' || first.text === 'false')
      return { kind: 'boolean', text: first.text, at: first.at };
    let text = first.text;
    let end = first.at.end;
    while (this.is('.') && this.peek(1).kind === 'name') {
      this.next();
      const part = this.next();
      text = `${text}.${part.text}`;
      end = part.at.end;
    }
    const at = { start: first.at.start, end };
    if (this.is('(') || this.is('[') || this.is(':')) return this.skipSuffix(at);
    const known = this.names.get(text);
    // The value stands elsewhere; the place is where it is used.
    return known === undefined
      ? { kind: 'path', text, at }
      : { ...known, at: known.kind === 'table' ? known.at : at };
  }

  table(): Value {
    const open = this.next();
    const fields: Field[] = [];
    this.depth++;
    while (!this.is('}') && this.peek().kind !== 'end' && this.depth < MAX_DEPTH) {
      const before = this.position;
      fields.push(this.field());
      if (this.is(',') || this.is(';')) this.next();
      else if (!this.is('}') && this.peek().kind !== 'end') {
        this.problem(`a comma is missing before ${this.peek().text.slice(0, 40)}`, this.peek().at);
      }
      if (this.position === before) this.next();
    }
    this.depth--;
    const closed = this.is('}');
    if (!closed) this.problem('this table has no closing brace', open.at);
    const end = closed ? this.next().at.end : this.peek().at.end;
    return { kind: 'table', fields, at: { start: open.at.start, end } };
  }

  private field(): Field {
    const key = this.peek();
    if (key.kind === 'name' && this.is('=', 1)) {
      this.position += 2;
      return { key: key.text, keyAt: key.at, value: this.expression() };
    }
    if (this.is('[')) {
      this.next();
      const index = this.expression();
      if (this.is(']')) this.next();
      if (this.is('=')) this.next();
      return { key: index.kind === 'string' ? index.text : '', keyAt: index.at, value: this.expression() };
    }
    const value = this.expression();
    return { key: undefined, keyAt: value.at, value };
  }

  private parenthesis(): Value {
    const open = this.next();
    const inner = this.expression();
    const end = this.is(')') ? this.next().at.end : inner.at.end;
    return { ...inner, at: { start: open.at.start, end } };
  }

  private skipSuffix(at: TextRange): Value {
    while (this.is('(') || this.is('[') || this.is(':') || this.is('.')) {
      const open = this.next().text;
      if (open === ':' || open === '.') this.next();
      else this.skipTo(open === '(' ? ')' : ']');
    }
    return { kind: 'unknown', at };
  }

  private skipTo(close: string): void {
    while (!this.is(close) && this.peek().kind !== 'end') {
      const before = this.position;
      this.expression();
      if (this.position === before) this.next();
    }
    this.next();
  }

  private skipFunction(): Value {
    const { at } = this.peek();
    this.skipBlock();
    return { kind: 'unknown', at };
  }

  /** From a word that opens a block to the `end` that closes it. */
  protected skipBlock(): void {
    let open = 0;
    do {
      const { kind, text } = this.next();
      if (kind === 'end') return;
      if (kind === 'name' && /^(function|if|do|repeat)$/.test(text)) open++;
      if (kind === 'name' && /^(end|until)$/.test(text)) open--;
    } while (open > 0);
  }

  protected problem(message: string, at: TextRange): void {
    this.problems.push({ message, at });
  }
}
