import { type ReplicationController, type ReplicationSite, sshPort } from '../site';
import { header } from './header';

const SUBJECT = 'What a firewall lets in';

/** cmon's RPC without and with TLS, the web interface. */
const CMON_PORTS: readonly number[] = [9500, 9501, 443];

/** TCP ports of a controller, for a firewall that knows them by a name. */
function ports({ mysql }: ReplicationSite, controller: ReplicationController): readonly number[] {
  return [sshPort(controller), mysql.port, ...CMON_PORTS];
}

function peerOf(site: ReplicationSite, controller: ReplicationController): ReplicationController {
  const [first, second] = site.controllers;
  return first.name === controller.name ? second : first;
}

/** The commands by which the file counts, as they are typed. */
function inert(comment: string, commands: readonly string[]): string {
  return ['Inert until you say:', ...commands.map((command) => `  $ ${command}`)]
    .map((line) => `${comment} ${line}\n`)
    .join('');
}

/** A service of firewalld (firewalld.service(5)): TCP ports, and VRRP as a protocol of its own. */
export function firewalldService(site: ReplicationSite, controller: ReplicationController): string {
  const tcp = ports(site, controller).map((port) => `  <port protocol="tcp" port="${port}"/>\n`);
  // Not in a comment: XML allows no two hyphens there, and firewalld then refuses the whole file (measured).
  const description = `ssh, MySQL replication, cmon, web interface and VRRP of a ClusterControl controller
${header(site, ' ', SUBJECT)}${inert(' ', [
    'firewall-cmd --reload',
    'firewall-cmd --permanent --add-service=clustercontrol-ha',
    'firewall-cmd --reload',
  ])}`;
  return `<?xml version="1.0" encoding="utf-8"?>
<service>
  <short>clustercontrol-ha</short>
  <description>${xmlText(description)}  </description>
${tcp.join('')}  <protocol value="vrrp"/>
</service>
`;
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An application of ufw (ufw(8), APPLICATION INTEGRATION). It knows ports only: VRRP is a rule of its own. */
export function ufwApplication(site: ReplicationSite, controller: ReplicationController): string {
  const peer = peerOf(site, controller).address;
  const how = inert('#', ['ufw allow clustercontrol-ha', `ufw allow proto vrrp from ${peer}`]);
  return `${header(site, '#', SUBJECT)}${how}# ufw before 0.36.2 doesn't know vrrp. In /etc/ufw/before.rules, before COMMIT: -A ufw-before-input -p vrrp -s ${peer} -j ACCEPT
[clustercontrol-ha]
title=ClusterControl HA
description=ssh, MySQL replication, cmon and web interface of a ClusterControl controller
ports=${ports(site, controller).join(',')}/tcp
`;
}

/** What nobody reads by itself: it counts when the operator says so. */
export const OWN_FOLDER = '/etc/clustercontrol-ha';

/**
 * Rules for a chain of the host's own (nft(8), include): a table of ours would open nothing, as what another base chain
 * drops stays dropped. MySQL is for the other controller, which also comes from the VIP.
 */
export function nftRules(site: ReplicationSite, controller: ReplicationController): string {
  const peer = peerOf(site, controller).address;
  const open = [sshPort(controller), ...CMON_PORTS];
  return `${header(site, '#', SUBJECT)}# Inert until your input chain (policy drop, established and lo accepted) has this line, and is loaded:
#   include "${OWN_FOLDER}/firewall.nft"
# "flush ruleset" takes the primary's SNAT along, which keepalived doesn't put back. Then say on the primary:
#   $ /etc/keepalived/manage_snat.sh INSTANCE VI_1 MASTER
ip protocol vrrp ip saddr ${peer} accept
tcp dport { ${open.join(', ')} } accept
ip saddr { ${peer}, ${site.vip} } tcp dport ${site.mysql.port} accept
`;
}

/** The same for iptables-restore(8), in a chain of its own: it may be read any number of times. */
export function iptablesRules(site: ReplicationSite, controller: ReplicationController): string {
  const peer = peerOf(site, controller).address;
  const open = [sshPort(controller), ...CMON_PORTS];
  const file = `${OWN_FOLDER}/firewall.rules`;
  const how = inert('#', [
    `iptables-restore --noflush ${file}`,
    `iptables -C INPUT -j ${CHAIN} || iptables -I INPUT -j ${CHAIN}`,
  ]);
  return `${header(site, '#', SUBJECT)}${how}# Until the next boot: keep both with the rules that your host loads then.
*filter
:${CHAIN} - [0:0]
-A ${CHAIN} -p vrrp -s ${peer} -j ACCEPT
-A ${CHAIN} -p tcp -m multiport --dports ${open.join(',')} -j ACCEPT
-A ${CHAIN} -p tcp -s ${peer},${site.vip} --dport ${site.mysql.port} -j ACCEPT
COMMIT
`;
}

const CHAIN = 'CLUSTERCONTROL_HA';
