import { OperatorError } from '../core/errors';
import type { Run } from '../core/run/executor';
import type { RunSnapshot } from '../core/run/snapshot';

/** What an operation of this window is at. */
export type Doing = 'planning' | 'starting' | 'resuming' | 'running';

const BUSY: Readonly<Record<Doing, readonly [what: string, next: string]>> = {
  planning: ['A new plan of this operation is being made.', 'Wait for it, read it, and confirm that one.'],
  starting: ['This operation is being started already.', 'Wait until the page shows its steps.'],
  resuming: [
    'This operation is being resumed already.',
    'Answer what this window asks, then wait until the page shows its steps.',
  ],
  running: ['This window runs this operation now.', 'Wait for its end, or abort it.'],
};

/**
 * What one operation of this window is at, a run above all. A second wish is refused while the first is at work: a page
 * that was loaded anew has forgotten that it asked.
 */
export class OneAtATime {
  private doing: Doing | undefined;
  private run: Run | undefined;
  private subscription: { dispose(): void } | undefined;

  /**
   * @param saw told of every snapshot of a run
   * @param ended told once of each run that had begun, when its process here has come to its end
   * @param began told once of each run, when it stands in its journal and goes
   */
  constructor(
    private readonly saw: (snapshot: RunSnapshot) => void,
    private readonly ended: (last: RunSnapshot) => void,
    private readonly began: () => void,
  ) {}

  at(): Doing | undefined {
    return this.doing;
  }

  /** @throws OperatorError while it is at something else. */
  async planning<T>(plan: () => Promise<T>): Promise<T> {
    this.claim('planning');
    try {
      return await plan();
    } finally {
      this.doing = undefined;
    }
  }

  /**
   * Resolves at the run's first snapshot.
   * @throws OperatorError when it could not begin, and while it is at something else.
   */
  async begin(doing: 'starting' | 'resuming', run: Run, course: () => Promise<RunSnapshot>): Promise<void> {
    this.claim(doing);
    await new Promise<void>((resolve, reject) => {
      this.attach(run, resolve);
      course()
        .then(
          () => resolve(),
          (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))),
        )
        .finally(() => this.over());
    });
  }

  /** A run that somebody else starts, who tells when it is `over`. */
  follow(run: Run): void {
    this.claim('starting');
    this.attach(run, () => undefined);
  }

  /** The run's process here has ended. One that could not begin has left nothing to tell. */
  over(): void {
    const last = this.run?.snapshot();
    this.subscription?.dispose();
    this.run = undefined;
    this.doing = undefined;
    if (last !== undefined) this.ended(last);
  }

  /** @throws OperatorError where nothing of it runs here, and where there is no way back. */
  async abort(by: string): Promise<void> {
    if (this.run === undefined) {
      throw refused(
        'This window runs nothing of this operation, so there is nothing to abort here.',
        'Where another window or the command line runs it, abort it there.',
      );
    }
    await this.run.abort(by);
  }

  private claim(doing: Doing): void {
    if (this.doing !== undefined) throw refused(...BUSY[this.doing]);
    this.doing = doing;
  }

  private attach(run: Run, begun: () => void): void {
    this.run = run;
    this.subscription = run.onSnapshot((snapshot) => {
      const isFirst = this.doing !== 'running';
      this.doing = 'running';
      this.saw(snapshot);
      begun();
      if (isFirst) this.began();
    });
  }
}

/** A wish that can't be met as things stand. */
export function refused(what: string, next: string): OperatorError {
  return new OperatorError({ code: 'internal', what, state: 'Nothing was changed by this.', next });
}
