/** Step 2.5 and 2.6 of the documentation, to the letter. */
export function documentedKeepalivedConf(priority: number): string {
  return `vrrp_script check_cmon {
script "/usr/bin/killall -0 cmon"
interval 2
weight 2
}
vrrp_instance VI_1 {
state BACKUP
nopreempt
interface eth0
virtual_router_id 51
priority ${priority}
advert_int 1
authentication {
    auth_type PASS
    auth_pass 1113
}
virtual_ipaddress {
    192.168.73.200   # the VIP
}
track_script {
    check_cmon
}
notify /etc/keepalived/manage_snat.sh
}
`;
}

/** Step 2.3, to the letter: it knows neither STOP nor a rule that is there already. */
export const DOCUMENTED_MANAGE_SNAT = `#!/bin/bash

## Change me
VIP='192.168.73.200'
INTERFACE='eth0'
##

TYPE=$1
NAME=$2
STATE=$3

case $STATE in
    "MASTER")
        iptables -t nat -A POSTROUTING -o $INTERFACE -j SNAT --to-source $VIP
        ;;
    "BACKUP"|"FAULT")
        iptables -t nat -D POSTROUTING -o $INTERFACE -j SNAT --to-source $VIP
        ;;
esac
`;
