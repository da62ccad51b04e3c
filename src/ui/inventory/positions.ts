/** A place in a document as the editor counts: from 0, characters in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Turns offsets into lines and characters, with the line ends that the editor knows: LF, CRLF, CR. */
export class TextPositions {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (const match of text.matchAll(/\r\n|\r|\n/g)) {
      this.starts.push(match.index + match[0].length);
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
}
