import { type Check, need, verdict } from '../operation/check';

/** One operation at a time: a journal or a lease without an end comes first. */
export const operationUnfinished: Check = {
  id: 'operation-unfinished',
  title: 'No other operation is under way',
  level: 'block',
  run({ unfinishedRun, seen, source, target }) {
    const against: string[] = [];
    if (unfinishedRun !== undefined) {
      against.push(`the run ${unfinishedRun} has no end in its journal`);
    }
    for (const [host, facts] of [
      [source.name, seen.source],
      [target.name, seen.target],
    ] as const) {
      const lease = need(facts.role, host, 'the lease').lease;
      if (lease !== undefined && lease.remainingSeconds > 0) {
        against.push(
          `${host}: ${lease.operator} holds the lease for ${lease.plan}, ${lease.remainingSeconds} s left`,
        );
      }
    }
    return verdict(against, 'Resume or undo that operation first, or wait until its lease has run out.', [
      'no journal and no lease is open',
    ]);
  },
};
