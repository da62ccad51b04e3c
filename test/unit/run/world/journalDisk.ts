/** The text of one journal: what a dead process leaves, and how much of it survives a loss of power. */
export class JournalDisk {
  private text = '';
  private synced = 0;

  append(line: string): void {
    this.text += `${line}\n`;
  }

  sync(): void {
    this.synced = this.text.length;
  }

  /** As an adapter reads it: the last line may be a torn one. */
  lines(): string[] {
    const lines = this.text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    return lines;
  }

  /** Half of the last line reached the disk. */
  tear(): void {
    const start = this.text.lastIndexOf('\n', this.text.length - 2) + 1;
    this.text = this.text.slice(0, start + Math.floor((this.text.length - start) / 2));
  }

  losePower(): void {
    this.text = this.text.slice(0, this.synced);
  }
}
