import type { AsyncFunc, Context, Func } from 'mocha';

/** What mocha's types leave out of a case. */
interface Tried {
  fn?: Func | AsyncFunc;
  currentRetry(): number;
  retries(): number;
  fullTitle(): string;
}

/** Says which cases had to be tried again, and why. What needs this often is a fault, here or in the product. */
export const mochaHooks = {
  beforeEach(this: Context): void {
    const test = this.currentTest as unknown as Tried | undefined;
    if (test === undefined) return;
    if (test.currentRetry() > 0) console.log(`retried: ${test.fullTitle()}`);
    const { fn } = test;
    // mocha keeps to itself why the first try failed.
    if (fn === undefined || test.currentRetry() >= test.retries()) return;
    test.fn = async function (this: Context): Promise<void> {
      try {
        await (fn as AsyncFunc).call(this);
      } catch (error) {
        console.log(
          `failed first: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        throw error;
      }
    };
  },
};
