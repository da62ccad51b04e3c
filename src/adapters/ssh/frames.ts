/**
 * Cuts one command's output out of a long-lived shell's stream. The shell prints `MARK< …\n` before and `\nMARK> …\n`
 * after it; MARK is random for each command, so that no output can imitate it. What stands outside is dropped.
 */
export class FrameReader {
  private readonly begin: Buffer;
  private readonly end: Buffer;
  private chunks: Buffer[] = [];
  private started = false;
  /** Bytes of the output that `freshLines` has given away. */
  private told = 0;
  /** Text after `MARK<`, known once the frame began. */
  beginText: string | undefined;
  /** Text after `MARK>`; defined when the frame is complete. */
  endText: string | undefined;

  constructor(mark: string) {
    this.begin = Buffer.from(`${mark}<`);
    this.end = Buffer.from(`\n${mark}>`);
  }

  push(chunk: Buffer): void {
    if (this.endText !== undefined) return;
    if (!this.started) {
      const all = Buffer.concat([...this.chunks, chunk]);
      const at = all.indexOf(this.begin);
      const newline = at < 0 ? -1 : all.indexOf(10, at);
      this.chunks = [newline < 0 ? all : all.subarray(newline + 1)];
      if (newline < 0) return;
      this.beginText = all.toString('latin1', at + this.begin.length, newline).trim();
      this.started = true;
    } else {
      this.chunks.push(chunk);
    }
    this.lookForEnd(chunk.length);
  }

  /**
   * Whole lines that came since the last call; empty while there is none. What stands before the end mark is output:
   * that mark begins a line of its own.
   */
  freshLines(): string {
    if (!this.started) return '';
    const all = Buffer.concat(this.chunks);
    const end = all.lastIndexOf(10) + 1;
    if (end <= this.told) return '';
    const text = all.toString('utf8', this.told, end);
    this.told = end;
    return text;
  }

  /** Bytes of output so far. */
  get size(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  /** The output between the marks. */
  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }

  private lookForEnd(fresh: number): void {
    // Only the last bytes can hold the end: a long output is not searched again with every chunk.
    const longestEnd = this.end.length + 64;
    let tail = Buffer.alloc(0);
    let taken = 0;
    for (let i = this.chunks.length - 1; i >= 0 && tail.length < fresh + longestEnd; i--) {
      tail = Buffer.concat([this.chunks[i] ?? Buffer.alloc(0), tail]);
      taken++;
    }
    const at = tail.indexOf(this.end);
    const newline = at < 0 ? -1 : tail.indexOf(10, at + 1);
    if (newline < 0) {
      if (taken > 8) this.chunks = [...this.chunks.slice(0, -taken), tail];
      return;
    }
    this.endText = tail.toString('latin1', at + this.end.length, newline).trim();
    this.chunks = [...this.chunks.slice(0, -taken), tail.subarray(0, at)];
  }
}
