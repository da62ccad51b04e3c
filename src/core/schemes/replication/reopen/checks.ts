import { operationUnfinished } from '../checks/operationUnfinished';
import { takesWrites } from '../close/context';
import type { CheckResult } from '../../../plan/plan';
import { type Check, need, passed, runCheck, verdict } from '../operation/check';
import { pathsOf } from '../paths';
import { holdsVip } from '../state/roles';
import { isPrimaryByRecord, leasesBoth, type ReopenContext, vipOnOther } from './context';

/** ssh, root and MySQL on this host. The other one may be away: its guard's rules decide on the host itself. */
const reachable: Check<ReopenContext> = {
  id: 'access',
  title: 'The host can be reached and administered',
  level: 'block',
  run({ target, method, seen: { target: facts } }) {
    if (!facts.reachable.known) {
      return verdict(
        [`${target.name} cannot be reached: ${facts.reachable.reason}`],
        'Mend the way to it, and plan again.',
        [],
      );
    }
    const against = [
      ...(need(facts.privileged, target.name, 'root access')
        ? []
        : [`${target.name}: commands cannot be run as root`]),
      ...(facts.mysql.known ? [] : [`${target.name}: MySQL does not answer: ${facts.mysql.reason}`]),
    ];
    const unit = pathsOf(target.os).mysqlUnit;
    const start =
      method === 'role-flag'
        ? `Start MySQL on ${target.name}: it comes up closed. Then plan again.`
        : `Start MySQL on ${target.name}. It may come up WRITABLE, so close it in the same line: systemctl start ${unit} && mysql -e 'SET PERSIST super_read_only = ON'. Then plan again.`;
    return verdict(against, start, [`${target.name}: ssh, root and MySQL are there`]);
  },
};

/** Two writers, or two holders of the address, are what it was closed for. */
const otherClosed: Check<ReopenContext> = {
  id: 'other-closed',
  title: 'The other controller is no writer and has no virtual IP',
  level: 'block',
  run(context) {
    const { site, observation, source, seen, method } = context;
    if (!isPrimaryByRecord(context)) return passed('nothing is opened');
    const writes = takesWrites(site, observation, source.name);
    const holds = holdsVip(site, seen.source);
    const against = [
      ...(writes === true ? [`${source.name} takes writes`] : []),
      ...(holds === true && !vipOnOther(context) ? [`${source.name} holds ${site.vip}`] : []),
    ];
    if (against.length > 0) {
      return verdict(
        against,
        `One of them only. If ${source.name} is the primary: "Prepare as Secondary" for ${context.target.name}. Else close ${source.name} first.`,
        [],
      );
    }
    if (writes === undefined || holds === undefined) {
      // On hardened hosts the helper asks the witness and the network before it opens anything.
      return verdict(
        [
          `what ${source.name} does is not known: ${seen.source.reachable.known ? 'its MySQL does not answer' : seen.source.reachable.reason}`,
        ],
        `Look at ${source.name} first.`,
        [],
        method === 'role-flag' ? 'warn' : 'acknowledge',
      );
    }
    return passed(`${source.name} takes no writes and does not hold ${site.vip}`);
  },
};

/** A primary of an older epoch is none. */
const newestEpoch: Check<ReopenContext> = {
  id: 'newest-epoch',
  title: 'Nobody knows a newer primary',
  level: 'block',
  run(context) {
    const { seen, target, site } = context;
    if (!isPrimaryByRecord(context) || context.method === 'keepalived')
      return passed('no epoch decides here');
    const own = need(seen.target.role, target.name, 'the role record').record?.epoch ?? 0;
    const newer = [seen.source, seen.witness].flatMap(({ host, role }) =>
      role.known && role.value.record !== undefined && role.value.record.epoch > own
        ? [`${host}: epoch ${role.value.record.epoch} of ${role.value.record.primary}`]
        : [],
    );
    return verdict(newer, `${target.name} is the primary no longer: "Prepare as Secondary" for it.`, [
      `${target.name}: epoch ${own}; ${site.prometheus.name} and the other know no newer one`,
    ]);
  },
};

/** Said of an open one, too, so that nobody waits for something to happen. */
const isShut: Check<ReopenContext> = {
  id: 'closed',
  title: 'The host is closed',
  level: 'block',
  run({ site, observation, target, seen }) {
    const writes = takesWrites(site, observation, target.name);
    const held = seen.target.role.known && seen.target.role.value.held === true;
    return verdict(
      writes === true && !held ? [`${target.name} takes writes already`] : [],
      'There is nothing to reopen.',
      [held ? `${target.name} is held closed` : `${target.name} takes no writes`],
    );
  },
};

/** Both are leased: who works on the other one, a failover perhaps, comes first. */
const otherFree: Check<ReopenContext> = {
  id: 'other-free',
  title: 'Nobody works on the other controller',
  level: 'block',
  run(context) {
    const { source, seen } = context;
    if (!leasesBoth(context)) return passed('it is not leased');
    const lease = need(seen.source.role, source.name, 'the lease').lease;
    const held = lease !== undefined && lease.remainingSeconds > 0;
    return verdict(
      held
        ? [
            `${source.name}: ${lease.operator} holds the lease for ${lease.plan}, ${lease.remainingSeconds} s left`,
          ]
        : [],
      'Wait until that operation is over, or its lease has run out.',
      [`${source.name}: no lease is open`],
    );
  },
};

const CHECKS: readonly Check<ReopenContext>[] = [
  reachable,
  isShut,
  otherClosed,
  newestEpoch,
  operationUnfinished,
  otherFree,
];

export function reopenChecks(context: ReopenContext): CheckResult[] {
  return CHECKS.map((check) => runCheck(check, context));
}
