import type { OperationRecord } from './host';

const ENDS = new Set(['done', 'undone', 'refused', 'ended']);

/** Whether the operation on record has come to an end that leaves nothing to do. */
export function hasEnded({ place }: OperationRecord): boolean {
  return ENDS.has(place);
}

/** Operations without an end, by the records of several hosts: an end that one of them knows holds for all. */
export function withoutEnd(records: readonly OperationRecord[]): readonly OperationRecord[] {
  const ended = new Set(records.filter(hasEnded).map(({ plan }) => plan));
  return records.filter(({ plan }) => !ended.has(plan));
}
