import { instanceOf } from '../../../../keepalived/config';
import { type Check, need, passed, verdict } from '../../operation/check';
import { type EmergencyContext, followsNobody } from '../context';
import { relayLogAtRestart } from '../relayLog';

// What a planned promotion compares between both controllers, by what the target alone tells.

/** The channel knows the other server's UUID, once it has connected. */
export const identities: Check<EmergencyContext> = {
  id: 'identities',
  title: 'The MySQL servers have identities of their own',
  level: 'block',
  run({ seen, target, source }) {
    const { serverUuid, replica } = need(seen.target.mysql, target.name, 'MySQL');
    return verdict(
      replica?.sourceUuid === serverUuid ? [`both have server_uuid ${serverUuid}`] : [],
      `Two servers of one server_uuid never replicated: look at what ${target.name} really has.`,
      [`${target.name}: ${serverUuid}, ${source.name}: ${replica?.sourceUuid ?? 'unknown'}`],
    );
  },
};

export const keepalived: Check<EmergencyContext> = {
  id: 'keepalived',
  title: 'keepalived can bring the virtual IP to the target',
  level: 'acknowledge',
  run({ seen, target, site }) {
    const state = need(seen.target.keepalived, target.name, 'keepalived');
    const against = state.running ? [] : [`${target.name}: keepalived does not run`];
    if (state.test !== undefined && ![0, 6].includes(state.test.exitCode)) {
      against.push(
        `${target.name}: keepalived -t ends with ${state.test.exitCode}: ${state.test.output.trim()}`,
      );
    }
    if (instanceOf(state.config ?? '', site.vip) === undefined) {
      against.push(`${target.name}: no vrrp_instance carries ${site.vip}`);
    }
    return verdict(against, 'Correct keepalived.conf (`keepalived -t` says where), and start it.', [
      `keepalived runs on ${target.name} and carries ${site.vip}`,
    ]);
  },
};

export const snat: Check<EmergencyContext> = {
  id: 'snat',
  title: 'The target rewrites packets only where it holds the virtual IP',
  level: 'acknowledge',
  run({ seen, target, site }) {
    const rules = need(seen.target.snat, target.name, 'the NAT rules').toVip.length;
    const holds = need(seen.target.addresses, target.name, 'addresses').some((a) => a.address === site.vip);
    return verdict(
      rules > 0 && !holds ? [`${target.name} rewrites to ${site.vip} without holding it`] : [],
      'Remove the rule by hand (iptables -t nat -S POSTROUTING shows it).',
      [`${target.name}: ${rules} rules, the address is ${holds ? 'here' : 'not here'}`],
    );
  },
};

export const lsyncdDirection: Check<EmergencyContext> = {
  id: 'lsyncd-direction',
  title: 'No files flow from the target',
  level: 'block',
  run({ seen, source, target }) {
    return verdict(
      need(seen.target.lsyncd, target.name, 'lsyncd').running
        ? [`lsyncd runs on the standby ${target.name}`]
        : [],
      `Stop it: when ${source.name} returns, it would delete what only that one has.`,
      [`lsyncd does not run on ${target.name}`],
    );
  },
};

export const heartbeat: Check<EmergencyContext> = {
  id: 'heartbeat',
  title: 'When the standby heard the primary last',
  level: 'inform',
  run({ seen, source, target }) {
    const age = need(seen.target.mysql, target.name, 'MySQL').replica?.heartbeatAgeMs ?? null;
    const heard = age === null ? 'never since its MySQL started' : `${(age / 1000).toFixed(1)} s ago`;
    return verdict(
      [`${target.name} heard ${source.name} ${heard}`],
      'The bound of the loss rests on it.',
      [],
    );
  },
};

/**
 * With relay_log_recovery a restart of mysqld throws away what was received and not applied; it would be fetched again
 * from a source that is dead. The plan switches it off for as long as it applies, unless somebody has persisted it.
 */
export const durability: Check<EmergencyContext> = {
  id: 'durability',
  title: 'What was received survives a restart of MySQL',
  level: 'block',
  run(context) {
    const { seen, target } = context;
    const mysql = need(seen.target.mysql, target.name, 'MySQL');
    const relaxed = [
      ...(mysql.syncBinlog === 1 ? [] : [`${target.name}: sync_binlog is ${mysql.syncBinlog}`]),
      ...(mysql.flushLogAtTrxCommit === 1
        ? []
        : [`${target.name}: innodb_flush_log_at_trx_commit is ${mysql.flushLogAtTrxCommit}`]),
    ];
    const atRestart = relayLogAtRestart(mysql);
    if (atRestart === 'thrown-away' && !followsNobody(context)) {
      return verdict(
        [`${target.name}: relay_log_recovery is persisted ON`, ...relaxed],
        'SET PERSIST_ONLY relay_log_recovery = OFF, or a restart of MySQL throws away what was received and not applied.',
        [],
      );
    }
    if (relaxed.length > 0) return verdict(relaxed, 'Set both to 1 afterwards.', [], 'warn');
    if (followsNobody(context))
      return passed(`${target.name} receives nothing that a restart could throw away`);
    return passed(
      atRestart === 'kept'
        ? `${target.name}: relay_log_recovery is persisted OFF`
        : `${target.name}: the plan keeps the relay log over a restart while it applies`,
    );
  },
};
