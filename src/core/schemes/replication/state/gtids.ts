import { parseGtidSet } from '../../../gtid/set';
import type { GtidSet } from '../../../gtid/set';

/** Undefined where the text is no GTID set: then nothing is concluded from it. */
export function readGtids(text: string): GtidSet | undefined {
  try {
    return parseGtidSet(text);
  } catch {
    return undefined;
  }
}
