import { edited } from './case';
import type { Cases, ConfigCase } from './case';

/** As the hardened profile renders it: nothing is to be said of it, and the daemon says nothing. */
export const HARDENED = `! written by hand
global_defs {
    enable_script_security
    script_user root
}

track_file cc_role {
    file "/run/clustercontrol-ha/active"
    weight 0 reverse
}

vrrp_instance VI_1 {
    state BACKUP
    nopreempt
    interface eth0
    virtual_router_id 51
    version 3
    priority 254
    advert_int 0.2
    virtual_ipaddress {
        192.168.73.200
    }
    track_file {
        cc_role   # the role
    }
    notify /etc/keepalived/manage_snat.sh
}
`;

/** Version 2 with a password, and a check that moves the VIP: nothing is to be said of it either. */
export const CHECKED = `global_defs {
    enable_script_security
    script_user root
}
vrrp_script check_cmon {
    script "/usr/local/bin/check_cmon"
    interval 2
    weight 10
}
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 105
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass x7Kp2mQz
    }
    virtual_ipaddress {
        192.168.73.200/24 dev eth0
    }
    track_script {
        check_cmon
    }
}
`;

const file = 'keepalived.conf';

/** A change of a text that is clean, which makes one rule fire. */
function change(
  base: string,
  from: string,
  to: string,
  at: string,
  more: Partial<ConfigCase> = {},
): ConfigCase {
  return { file, fires: edited(base, from, to), at, silent: base, ...more };
}

const SECOND = `vrrp_instance VI_2 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 100
    virtual_ipaddress {
        192.168.73.210
    }
}
`;

/** What `keepalived -t` complains of. */
export const DAEMON_CASES: Cases = {
  'keepalived-braces': change(
    CHECKED,
    '    interval 2\n    weight 10\n}',
    '    interval 2\n    weight 10\n',
    'vrrp_script',
    {
      also: ['keepalived-unknown-keyword'],
    },
  ),
  'keepalived-unknown-keyword': change(HARDENED, 'nopreempt', 'nopremept', 'nopremept', {
    fixed: '    nopreempt\n',
  }),
  'keepalived-value-missing': change(HARDENED, 'state BACKUP', 'state', 'state'),
  'keepalived-value-unknown': change(HARDENED, 'state BACKUP', 'state BACKUPS', 'BACKUPS', {
    fixed: 'state BACKUP\n',
  }),
  'keepalived-number-range': change(HARDENED, 'priority 254', 'priority 300', '300'),
  'keepalived-instance-incomplete': change(HARDENED, '    virtual_router_id 51\n', '', 'VI_1'),
  'keepalived-address-invalid': change(HARDENED, '192.168.73.200', '192.168.73.300', '192.168.73.300'),
  'keepalived-interface-name-too-long': change(HARDENED, 'eth0', 'a-name-of-17-char', 'a-name-of-17-char'),
  'keepalived-instance-duplicate': {
    file,
    fires: CHECKED + SECOND,
    at: '51',
    silent: CHECKED + edited(SECOND, '51', '52'),
  },
  'keepalived-track-undefined': change(HARDENED, 'cc_role   #', 'cc_rol   #', 'cc_rol', {
    fixed: 'cc_role   # the role',
  }),
  'keepalived-check-incomplete': change(
    CHECKED,
    '    script "/usr/local/bin/check_cmon"\n',
    '',
    'check_cmon',
  ),
  'keepalived-reverse-without-weight': change(HARDENED, 'weight 0 reverse', 'reverse', 'reverse', {
    also: ['keepalived-unknown-keyword'],
    fixed: '    weight 0 reverse\n',
  }),
  'keepalived-script-user-missing': change(CHECKED, '    script_user root\n', '', 'enable_script_security', {
    fixed: 'enable_script_security\n    script_user root\n',
  }),
  'keepalived-script-security-off': change(
    CHECKED,
    'global_defs {\n    enable_script_security\n    script_user root\n}\n',
    '# nothing global\n',
    'script',
    { fixed: '# nothing global\nglobal_defs {\n    enable_script_security\n    script_user root\n}\n' },
  ),
  'keepalived-nopreempt-master': change(HARDENED, 'state BACKUP', 'state MASTER', 'nopreempt', {
    fixed: 'state BACKUP\n',
  }),
  'keepalived-nopreempt-owner': change(HARDENED, 'priority 254', 'priority 255', '255', {
    fixed: 'priority 254\n',
  }),
  'keepalived-preempt-delay-void': change(
    HARDENED,
    '    nopreempt\n',
    '    nopreempt\n    preempt_delay 30\n',
    'preempt_delay',
    {
      fixed: '    nopreempt\n    interface eth0\n',
    },
  ),
  'keepalived-auth-with-version-3': change(
    CHECKED,
    'priority 105',
    'version 3\n    priority 105',
    'authentication',
    {
      fixed: 'advert_int 1\n    virtual_ipaddress {',
    },
  ),
  'keepalived-auth-too-long': change(CHECKED, 'x7Kp2mQz', 'x7Kp2mQz9', 'x7Kp2mQz9', {
    fixed: 'auth_pass x7Kp2mQz\n',
  }),
  'keepalived-advert-fraction': change(CHECKED, 'advert_int 1', 'advert_int 0.2', '0.2', {
    fixed: 'advert_int 1\n',
  }),
};

/** What it takes without a word. */
export const TRAP_CASES: Cases = {
  'keepalived-weight-cannot-move-vip': change(CHECKED, 'state BACKUP', 'state BACKUP\n    nopreempt', '10'),
  'keepalived-weight-needs-gap': change(CHECKED, 'weight 10', 'weight 2', '2'),
  'keepalived-check-drops-vip': change(CHECKED, '    weight 10\n', '', 'check_cmon'),
  'keepalived-track-file-fails-open': change(HARDENED, '    weight 0 reverse\n', '', 'cc_role', {
    fixed: 'active"\n    weight 0 reverse\n',
  }),
  'keepalived-notify-stop-missing': change(
    HARDENED,
    'notify /etc',
    'notify_fault "/bin/down now"\n    notify_master /etc',
    'notify_master',
    { fixed: 'notify_fault "/bin/down now"\n    notify_stop "/bin/down now"\n' },
  ),
  'keepalived-keyword-repeated': change(
    CHECKED,
    'priority 105',
    'priority 105\n    priority 100',
    'priority',
    {
      fixed: 'virtual_router_id 51\n    priority 100\n',
    },
  ),
  'keepalived-priority-default': change(HARDENED, '    priority 254\n', '', 'VI_1'),
  'keepalived-auth-published': change(CHECKED, 'x7Kp2mQz', '1113', '1113'),
  'keepalived-killall-check': change(
    CHECKED,
    '/usr/local/bin/check_cmon',
    '/usr/bin/killall -0 cmon',
    '"/usr/bin/killall -0 cmon"',
  ),
};

/** More of the daemon's verdicts: what it takes, and what it does not, beside the case of each rule. */
export const TAKEN: readonly string[] = [
  HARDENED,
  CHECKED,
  edited(
    CHECKED,
    'virtual_ipaddress {\n        192.168.73.200/24 dev eth0\n    }',
    'virtual_ipaddress { 192.168.73.200 }',
  ),
  edited(CHECKED, 'virtual_ipaddress {', 'virtual_ipaddress{'),
  edited(CHECKED, 'authentication {', 'authentication\n    {'),
  edited(CHECKED, 'weight 10', 'weight -253 ! as low as can be'),
  edited(HARDENED, 'advert_int 0.2', 'advert_int 40.95'),
  edited(HARDENED, '    version 3\n', '').replace('global_defs {', 'global_defs {\n    vrrp_version 3'),
  HARDENED.replaceAll('\n', '\r\n'),
  HARDENED.replaceAll('    ', '\t'),
  `$ADDRESS=192.168.73.200\n${edited(HARDENED, '        192.168.73.200', '        $ADDRESS')}`,
];

export const REFUSED: readonly string[] = [
  edited(HARDENED, 'priority 254', 'priority 0'),
  edited(HARDENED, 'priority 254', 'priority high'),
  edited(HARDENED, 'virtual_router_id 51', 'virtual_router_id 256'),
  edited(HARDENED, 'version 3', 'version 4'),
  edited(HARDENED, 'advert_int 0.2', 'advert_int 41'),
  edited(HARDENED, 'advert_int 0.2', 'advert_int 0.005'),
  edited(HARDENED, '    interface eth0\n', ''),
  edited(HARDENED, 'weight 0 reverse', 'weight 300'),
  edited(CHECKED, 'weight 10', 'weight 254'),
  edited(CHECKED, 'auth_type PASS', 'auth_type MD5'),
  edited(CHECKED, '        check_cmon\n', '        check_mysql\n'),
  `${HARDENED}}\n`,
  HARDENED.trimEnd().slice(0, -1),
  edited(HARDENED, 'state BACKUP', 'state MASTER\n    preempt_delay 10').replace('    nopreempt\n', ''),
  edited(HARDENED, 'vrrp_instance', 'vrrp_instanse'),
];
