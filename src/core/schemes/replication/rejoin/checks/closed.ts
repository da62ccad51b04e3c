import { type Check, need, verdict } from '../../operation/check';
import { holdsVip } from '../../state/roles';
import type { RejoinContext } from '../context';

/** Nothing of a primary may be alive on the host: what it still does would be lost, or do harm. */
export const closed: Check<RejoinContext> = {
  id: 'closed',
  title: 'The host is at rest',
  level: 'block',
  run({ seen, host, site, method }) {
    const mysql = need(seen.host.mysql, host.name, 'MySQL');
    const { running } = need(seen.host.lsyncd, host.name, 'lsyncd');
    const against: string[] = [];
    if (need(seen.host.addresses, host.name, 'addresses') && holdsVip(site, seen.host) === true) {
      against.push(`${host.name} holds ${site.vip}`);
    }
    if (need(seen.host.snat, host.name, 'the NAT rules').toVip.length > 0) {
      against.push(`${host.name} rewrites its outgoing packets to ${site.vip}: a CLONE would time out`);
    }
    if (need(seen.host.cmonProcesses, host.name, 'the number of cmon processes') > 0) {
      against.push(`${host.name}: cmon runs`);
    }
    if (running) against.push(`${host.name}: lsyncd runs, and would overwrite the primary's files`);
    if (!mysql.readOnly && !mysql.superReadOnly) against.push(`${host.name}: MySQL takes writes`);
    return verdict(
      against,
      method === 'role-flag'
        ? 'Its guard closes a standby within seconds: look at the finding guard-down, then plan again.'
        : `Close it by hand: SET GLOBAL super_read_only = ON; systemctl stop ${site.services.join(' ')} lsyncd keepalived; then remove its SNAT rule (iptables -t nat -S POSTROUTING shows it).`,
      [`${host.name}: MySQL read-only, no cmon, no lsyncd, not holding ${site.vip}`],
    );
  },
};
