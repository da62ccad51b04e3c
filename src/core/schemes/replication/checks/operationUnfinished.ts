import { withoutEnd } from '../../../observe/operationRecord';
import { askedHosts } from '../operation/context';
import { type Check, need, verdict } from '../operation/check';

/** One operation at a time: a journal or a lease without an end comes first. */
export const operationUnfinished: Check = {
  id: 'operation-unfinished',
  title: 'No other operation is under way',
  level: 'block',
  run(context) {
    const { unfinishedRun } = context;
    const against: string[] = [];
    if (unfinishedRun !== undefined) {
      against.push(`the run ${unfinishedRun} has no end in its journal`);
    }
    for (const { name: host, seen: facts } of askedHosts(context)) {
      const lease = need(facts.role, host, 'the lease').lease;
      if (lease !== undefined && lease.remainingSeconds > 0) {
        against.push(
          `${host}: ${lease.operator} holds the lease for ${lease.plan}, ${lease.remainingSeconds} s left`,
        );
      }
    }
    if (against.length === 0) {
      const left = withoutEnd(
        askedHosts(context).flatMap(({ seen: { role } }) => (role.known ? (role.value.operation ?? []) : [])),
      );
      // A reason is enough: what can't be resumed must not close the way for ever.
      if (left.length > 0) {
        return verdict(
          left.map(
            ({ plan, operator, place }) => `${operator} began ${plan}; it came to "${place}" and has no end`,
          ),
          'Resume or undo it ("Resume or Undo Operation", or cli.js resume --from-hosts). Only where that is not possible, give the reason.',
          [],
          'acknowledge',
        );
      }
    }
    return verdict(against, 'Resume or undo that operation first, or wait until its lease has run out.', [
      'no journal and no lease is open',
    ]);
  },
};
