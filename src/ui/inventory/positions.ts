/** A place in a document as the editor counts: from 0, characters in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Turns offsets into lines and characters, with the line ends that the editor knows: LF, CRLF, CR. */
export class TextPositions {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    // Two searches that run ahead of each other: a large text is read on every key.
    let line = text.indexOf('\n');
    let carriage = text.indexOf('\r');
    while (line >= 0 || carriage >= 0) {
      const alone = carriage >= 0 && (line < 0 || carriage < line - 1);
      const at = alone ? carriage : line;
      this.starts.push(at + 1);
      if (!alone) line = text.indexOf('\n', at + 1);
      if (carriage >= 0 && carriage <= at) carriage = text.indexOf('\r', at + 1);
    }
  }

  /** An offset beyond the text is its end. */
  at(offset: number): TextPosition {
    const inside = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= inside) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low, character: inside - (this.starts[low] ?? 0) };
  }

  /** A position beyond the text is its end. */
  offset({ line, character }: TextPosition): number {
    return Math.min((this.starts[line] ?? this.text.length) + character, this.text.length);
  }
}
