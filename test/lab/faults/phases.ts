/** Where the time of a cell goes. */
export class Phases {
  private readonly begunMs = performance.now();
  private lastMs = this.begunMs;
  private readonly parts: string[] = [];

  ended(what: string): void {
    const now = performance.now();
    this.parts.push(`${what} ${((now - this.lastMs) / 1000).toFixed(1)}`);
    this.lastMs = now;
  }

  seconds(): number {
    return Math.round((performance.now() - this.begunMs) / 100) / 10;
  }

  text(): string {
    return this.parts.join(', ');
  }
}
