import { edited } from './case';
import type { Cases, ConfigCase } from './case';

/** Nothing is to be said of it. */
export const CLEAN = `#!/bin/bash
# SNAT follows the VIP.
exec 9>/run/manage_snat.lock
flock 9
add() {
  iptables -t nat -C CMON_SNAT -p vrrp -j RETURN || iptables -t nat -I CMON_SNAT -p vrrp -j RETURN
  iptables -t nat -C CMON_SNAT -o eth0 -j SNAT --to-source 192.168.73.200 || iptables -t nat -A CMON_SNAT -o eth0 -j SNAT --to-source 192.168.73.200
}
case $3 in
    "MASTER")
        add
        ;;
    "BACKUP"|"FAULT"|"STOP"|"DELETED")
        iptables -t nat -F CMON_SNAT
        ;;
esac
`;

const file = 'manage_snat.sh';
const SNAT = 'iptables -t nat -A CMON_SNAT -o eth0 -j SNAT --to-source 192.168.73.200';

function change(from: string, to: string, more: Partial<ConfigCase> = {}): ConfigCase {
  return { file, fires: edited(CLEAN, from, to), at: SNAT, silent: CLEAN, ...more };
}

export const CASES: Cases = {
  'notify-script-ignores-stop': change('|"STOP"|"DELETED"', '', {
    fixed: '"BACKUP"|"FAULT"|"STOP"|"DELETED")',
  }),
  'notify-script-rewrites-vrrp': change(
    '  iptables -t nat -C CMON_SNAT -p vrrp -j RETURN || iptables -t nat -I CMON_SNAT -p vrrp -j RETURN\n',
    '',
  ),
  'notify-script-not-locked': change('flock 9', ':'),
  'notify-script-interface-differs': {
    file,
    keepalived: 'vrrp_instance VI_1 {\n  interface eth0\n  virtual_ipaddress { 192.168.73.200 }\n}\n',
    fires: edited(CLEAN, '# SNAT', "INTERFACE='ens3'\n# SNAT"),
    at: 'ens3',
    silent: edited(CLEAN, '# SNAT', "INTERFACE='eth0'\n# SNAT"),
    fixed: "INTERFACE='eth0'\n",
  },
  'notify-script-adds-again': {
    file,
    fires: edited(
      edited(CLEAN, 'iptables -t nat -C CMON_SNAT -o eth0 -j SNAT --to-source 192.168.73.200 || ', ''),
      'iptables -t nat -C CMON_SNAT -p vrrp -j RETURN || ',
      '',
    ),
    at: SNAT,
    silent: CLEAN,
    fixed: `  iptables -t nat -C CMON_SNAT -o eth0 -j SNAT --to-source 192.168.73.200 2>/dev/null || ${SNAT}\n`,
  },
};
