import { withoutEnd } from '../../../observe/operationRecord';
import { askedHosts } from '../operation/context';
import { type Check, need, verdict } from '../operation/check';

/**
 * One operation at a time: whatever may still run comes first. One that has come to rest half-way is resumed or undone first,
 * too; but where that is not possible, as a host that it needs is gone for good, a typed reason is enough, here as on any
 * other machine: it must not close the way to the failover or the rejoin that leads out.
 */
export const operationUnfinished: Check = {
  id: 'operation-unfinished',
  title: 'No other operation is under way',
  level: 'block',
  run(context) {
    const { unfinishedRuns } = context;
    const against = unfinishedRuns.flatMap(({ runId, end }) =>
      end === undefined ? [`the run ${runId} has no end in its journal`] : [],
    );
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
      const here = new Set(unfinishedRuns.map(({ runId }) => runId));
      const told = [
        ...unfinishedRuns.map(
          ({ runId, end }) => `the run ${runId} of this machine came to rest as "${end}"`,
        ),
        ...left.flatMap(({ plan, operator, place }) =>
          here.has(plan) ? [] : [`${operator} began ${plan}; it came to "${place}" and has no end`],
        ),
      ];
      if (told.length > 0) {
        return verdict(
          told,
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
