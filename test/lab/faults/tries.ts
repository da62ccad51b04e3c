import type { CellResult } from './runCell';

/** Blindness comes of a starved machine, and may come again. */
const MOST_BLIND_TRIES = 3;

/**
 * What did not hold is tried once more; where the referee was only blind, once more again. What was seen broken is not tried
 * again. @returns the last try, with why each one before it did not hold.
 */
export async function tried(
  run: () => Promise<CellResult>,
): Promise<Omit<CellResult, 'blind'> & { earlier: readonly string[] }> {
  let result = await run();
  const earlier: string[] = [];
  for (let blindTries = 0, others = 0; !result.held && !result.violated; result = await run()) {
    if (result.blind ? ++blindTries >= MOST_BLIND_TRIES : ++others > 1) break;
    earlier.push(result.why);
  }
  const { blind: _, ...told } = result;
  return { ...told, earlier };
}
