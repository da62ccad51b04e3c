/** Waits for a condition that gives no event: asks again until it is truthy, or throws with `what` and the last error. */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  limitMs = 15_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + limitMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value) {
        return value as NonNullable<T>;
      }
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${limitMs} ms in vain for ${what}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
