/** Says what happens while a person waits. Standard output stays free for the address and the result. */
export class Progress {
  private readonly began = performance.now();

  say(what: string): void {
    const seconds = ((performance.now() - this.began) / 1000).toFixed(1).padStart(5);
    process.stderr.write(`demo: ${seconds} s  ${what}\n`);
  }

  /** Announces `what`, and says how long it took. */
  async during<T>(what: string, work: () => Promise<T>): Promise<T> {
    const from = performance.now();
    this.say(`${what} …`);
    const value = await work();
    this.say(`${what}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
    return value;
  }
}
