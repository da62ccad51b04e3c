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
