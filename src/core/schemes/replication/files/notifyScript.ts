import type { ReplicationController, ReplicationSite } from '../site';
import { header } from './header';

/**
 * The documented notify script, with its traps: it knows neither STOP nor a rule that is there already. The hardened
 * profile has one of its own, an asset of the product (media/host/manage_snat.sh).
 */
export function documentedNotifyScript(site: ReplicationSite, controller: ReplicationController): string {
  // The two variants of the documentation differ in this branch.
  const otherwise = controller.os === 'rhel' ? '    *)\n        exit 1\n        ;;\n' : '';
  return `#!/bin/bash
${header(site, '#', `SNAT on ${controller.name}`)}
VIP='${site.vip}'
INTERFACE='${controller.interface}'

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
${otherwise}esac
`;
}
