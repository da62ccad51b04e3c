/**
 * A process of ours that can die or sleep at any moment. What it waits for arrives only while it lives and is awake;
 * what it has sent goes its way all the same.
 */
export class FakeProcess {
  private state: 'awake' | 'asleep' | 'dead' = 'awake';
  private waiting: (() => void)[] = [];

  get dead(): boolean {
    return this.state === 'dead';
  }

  kill(): void {
    this.state = 'dead';
    this.waiting = [];
  }

  /** SIGSTOP. */
  stop(): void {
    if (this.state === 'awake') this.state = 'asleep';
  }

  /** SIGCONT. */
  continue(): void {
    if (this.state !== 'asleep') return;
    this.state = 'awake';
    const waiting = this.waiting;
    this.waiting = [];
    for (const deliver of waiting) deliver();
  }

  /** What the process sees of a promise. A dead process asks for nothing any more. */
  sees<T>(begin: () => Promise<T>): Promise<T> {
    if (this.dead) return new Promise(() => undefined);
    return new Promise<T>((resolve, reject) => {
      begin().then(
        (value) => this.deliver(() => resolve(value)),
        (error: unknown) => this.deliver(() => reject(error as Error)),
      );
    });
  }

  private deliver(settle: () => void): void {
    if (this.state === 'awake') settle();
    else if (this.state === 'asleep') this.waiting.push(() => this.deliver(settle));
  }
}
