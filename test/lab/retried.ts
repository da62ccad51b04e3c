import type { Context } from 'mocha';

/** Says which cases had to be tried again. What needs this often is a fault, here or in the product. */
export const mochaHooks = {
  beforeEach(this: Context): void {
    const test = this.currentTest as unknown as { currentRetry(): number } | undefined;
    if (test !== undefined && test.currentRetry() > 0)
      console.log(`retried: ${this.currentTest?.fullTitle()}`);
  },
};
