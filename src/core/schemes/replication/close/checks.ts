import { withoutEnd } from '../../../observe/operationRecord';
import type { CheckResult } from '../../../plan/plan';
import { type Check, passed, runCheck, verdict } from '../operation/check';
import { type CloseContext, isClosed, takesWrites } from './context';

/** What to type at the host's own console where this product can't. */
export function byHand({ site, source, method }: CloseContext): string {
  const flag =
    method === 'role-flag' ? ['rm -f /run/clustercontrol-ha/active'] : ['systemctl stop keepalived'];
  const commands = [
    ...flag,
    `mysql -e 'SET GLOBAL super_read_only=ON'`,
    `systemctl kill -s KILL ${site.services.join(' ')}`,
  ];
  return `at its console: ${commands.join('; ')}. Or switch ${source.name} off.`;
}

/** What is left of the service where the only one that serves is closed. On documented hosts the standby's keepalived takes the address. */
export function afterwardsOf({ site, target, method }: CloseContext): string {
  return method === 'role-flag'
    ? `nobody takes writes, ${site.vip} has no holder, ClusterControl runs nowhere`
    : `nobody takes writes, ${site.vip} goes to ${target.name} if its keepalived runs, ClusterControl runs nowhere`;
}

/** The only thing that makes closing impossible: nobody there who could do it. Health is no matter. */
const closable: Check<CloseContext> = {
  id: 'closable',
  title: 'The host can be told to close',
  level: 'block',
  run(context) {
    const { source, seen, method } = context;
    const facts = seen.source;
    const remedy = `By hand, ${byHand(context)}`;
    if (!facts.reachable.known) {
      return verdict([`${source.name} cannot be reached: ${facts.reachable.reason}`], remedy, []);
    }
    if (!facts.privileged.known || !facts.privileged.value) {
      return verdict([`${source.name}: commands cannot be run as root`], remedy, []);
    }
    if (!facts.role.known) {
      return verdict([`${source.name}: its helper does not answer: ${facts.role.reason}`], remedy, []);
    }
    if (method === 'role-flag' && facts.role.value.helperVersion === undefined) {
      return verdict(
        [`${source.name} has no clustercontrol-ha`],
        `${remedy} "Deploy Files" brings the helper.`,
        [],
      );
    }
    return passed(`${source.name} answers over ssh as root`);
  },
};

/** A living lease is taken over knowingly: the other run can do nothing more on this host, and ends without its goal. */
const leaseFree: Check<CloseContext> = {
  id: 'lease-taken-over',
  title: 'Nobody works on this host now',
  level: 'acknowledge',
  run({ seen, source }) {
    const lease = seen.source.role.known ? seen.source.role.value.lease : undefined;
    return verdict(
      lease === undefined
        ? []
        : [
            `${source.name}: ${lease.operator} holds the lease for ${lease.plan}, ${lease.remainingSeconds} s left`,
          ],
      `It is taken over: ${lease?.plan ?? ''} can do nothing more on ${source.name}, and stays where it is. Speak with ${lease?.operator ?? ''}; if nothing burns, let it end.`,
      [`no lease is alive on ${source.name}`],
    );
  },
};

/** What another operation left behind holds nothing up; but this makes an end of resuming it. */
const leftBehind: Check<CloseContext> = {
  id: 'operation-left-behind',
  title: 'No operation was left half-way',
  level: 'warn',
  run({ seen, unfinishedRuns }) {
    const records = [seen.source, seen.target].flatMap(({ role }) =>
      role.known && role.value.operation !== undefined ? [role.value.operation] : [],
    );
    const told = withoutEnd(records).map(
      ({ plan, operator, place }) => `${operator} began ${plan}; it came to "${place}" and has no end`,
    );
    const own = unfinishedRuns
      .filter(({ runId }) => !told.some((line) => line.includes(runId)))
      .map(
        ({ runId, end }) =>
          `the run ${runId} of this machine ${end === undefined ? 'has no end in its journal' : `came to rest as "${end}"`}`,
      );
    return verdict(
      [...new Set([...told, ...own])],
      'Closing does not wait for it. Afterwards it can be neither resumed nor undone: what it left is put right by a new plan.',
      ['no journal and no record is open'],
    );
  },
};

/** The healthy primary is closed knowingly, and so is a host of which nobody knows whether the other one serves. */
const outage: Check<CloseContext> = {
  id: 'outage',
  title: 'Users are served by the other controller',
  level: 'acknowledge',
  run(context) {
    const { site, observation, source, target, otherServes } = context;
    if (otherServes) return passed(`${target.name} takes writes and holds ${site.vip}`);
    if (isClosed(site, observation, source.name)) {
      return passed(`${source.name} serves nobody: it takes no writes, holds no address and runs no cmon`);
    }
    const writes = takesWrites(site, observation, target.name);
    const other =
      writes === undefined
        ? `whether ${target.name} takes writes is not known`
        : writes
          ? `${target.name} takes writes, but does not hold ${site.vip}`
          : `${target.name} takes no writes`;
    return {
      ...verdict(
        [
          other,
          `closing ${source.name} is an OUTAGE: ${afterwardsOf(context)}, until "Reopen This Host" or a failover`,
        ],
        `To move the role without an outage: "Promote Standby". To close it none the less, give the reason; it must name ${source.name}.`,
        [],
      ),
      phrase: source.name,
    };
  },
};

const CHECKS: readonly Check<CloseContext>[] = [closable, outage, leaseFree, leftBehind];

export function closeChecks(context: CloseContext): CheckResult[] {
  return CHECKS.map((check) => runCheck(check, context, 'emergency'));
}
