/** Words that YAML reads as something else than text, in one of its versions. */
const NOT_TEXT = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** A value that was checked by `PATTERNS`, as a YAML scalar. */
export function scalar(value: string): string {
  return /^[A-Za-z][A-Za-z0-9._-]*$/.test(value) && !NOT_TEXT.test(value) ? value : JSON.stringify(value);
}

/** What a host printed may hold anything; a comment is one line of it. */
function comment(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]+/g, ' ').slice(0, 200);
}

/** Lines of an inventory. What is assumed is said above the value, what is unknown stays without one. */
export class InventoryLines {
  private readonly lines: string[] = [];
  private unknown = 0;

  /** How many values are to be written by hand. */
  get open(): number {
    return this.unknown;
  }

  /** Blocks are two spaces a level. */
  add(level: number, line: string): this {
    this.lines.push(`${'  '.repeat(level)}${line}`);
    return this;
  }

  note(level: number, text: string): this {
    return this.add(level, `# ${comment(text)}`);
  }

  /** A key without a value: it is an error in the inventory until somebody who knows writes it. */
  todo(level: number, key: string, why: string): this {
    this.unknown++;
    return this.note(level, `TODO ${why}`).add(level, `${key}:`);
  }

  /** Something to look at that no key of its own can hold open. */
  doubt(level: number, why: string): this {
    this.unknown++;
    return this.note(level, `TODO ${why}`);
  }

  append(other: InventoryLines): this {
    this.lines.push(...other.lines);
    this.unknown += other.unknown;
    return this;
  }

  get empty(): boolean {
    return this.lines.length === 0;
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`;
  }
}
