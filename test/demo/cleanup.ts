type Task = () => Promise<unknown>;

/** What has to go again, the last first. It runs once, whoever asks first: the end, an error or a signal. */
export class Cleanup {
  private readonly tasks: Task[] = [];
  private running: Promise<void> | undefined;

  get begun(): boolean {
    return this.running !== undefined;
  }

  /** Register before the thing is made, so that a signal in between finds it. */
  later(task: Task): void {
    this.tasks.push(task);
  }

  run(): Promise<void> {
    return (this.running ??= this.all());
  }

  private async all(): Promise<void> {
    for (const task of [...this.tasks].reverse()) {
      // One failure must not keep the rest from going.
      await task().catch((error: unknown) => process.stderr.write(`demo: cleaning up: ${String(error)}\n`));
    }
  }
}
