import { OperatorError } from '../errors';
import { refusal } from './begin';

/**
 * What lies before a run goes forward. While the hosts are asked whether it may, nothing is written and nothing is changed:
 * who wishes to abort keeps it from beginning. While its first line is written, he waits for that.
 */
export class Threshold {
  private stage: 'before' | 'asking' | 'writing' | 'over' = 'before';
  private keptBackBy: string | undefined;
  private written: Promise<unknown> = Promise.resolve();

  /** @param ask whether the run may go forward; changes nothing, and rejects where it may not */
  async ask<Asked>(ask: () => Promise<Asked>): Promise<Asked> {
    if (this.stage !== 'before') throw begunAlready();
    this.stage = 'asking';
    try {
      return await ask();
    } catch (error) {
      this.stage = 'over';
      throw error;
    }
  }

  /**
   * @param write writes the line that begins the run
   * @throws OperatorError when it was kept back meanwhile: nothing was written then.
   */
  async write<Begun>(write: () => Promise<Begun>): Promise<Begun> {
    if (this.stage === 'writing' || this.stage === 'over') throw begunAlready();
    try {
      if (this.keptBackBy !== undefined) {
        const what = `Aborted by ${this.keptBackBy} before it went forward.`;
        throw refusal('internal', what, 'Begin again when you wish to.');
      }
      this.stage = 'writing';
      const writing = write();
      this.written = writing;
      return await writing;
    } finally {
      this.stage = 'over';
    }
  }

  /**
   * Resolves where the run is past its threshold, or never came to it: then the run knows whether it can be aborted.
   * @throws OperatorError that says that the run does not begin now.
   */
  async keepBack(by: string): Promise<void> {
    if (this.stage === 'asking') {
      this.keptBackBy ??= by;
      throw new OperatorError({
        code: 'internal',
        what: 'It has not gone forward yet: the hosts are still being asked. It ends when they have answered, and nothing is changed.',
        state: 'Nothing was changed.',
        next: 'Wait for its end.',
      });
    }
    if (this.stage === 'writing') await this.written.catch(() => undefined);
  }
}

function begunAlready(): OperatorError {
  return refusal('internal', 'This run was begun already.', 'Make a new one.');
}
