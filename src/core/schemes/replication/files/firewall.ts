import type { ReplicationController, ReplicationSite } from '../site';
import { header } from './header';

/** TCP ports of a controller: ssh, MySQL, cmon's RPC without and with TLS, the web interface. */
function ports({ mysql }: ReplicationSite, { ssh }: ReplicationController): readonly number[] {
  return [ssh.port ?? 22, mysql.port, 9500, 9501, 443];
}

/** A service of firewalld (firewalld.service(5)): TCP ports, and VRRP as a protocol of its own. */
export function firewalldService(site: ReplicationSite): string {
  const [controller] = site.controllers;
  const tcp = ports(site, controller).map((port) => `  <port protocol="tcp" port="${port}"/>\n`);
  return `<?xml version="1.0" encoding="utf-8"?>
<!--
${header(site, ' ', 'What a firewall lets in')}  Inert until: firewall-cmd --reload && firewall-cmd --permanent --add-service=clustercontrol-ha && firewall-cmd --reload
-->
<service>
  <short>clustercontrol-ha</short>
  <description>ssh, MySQL replication, cmon, web interface and VRRP of a ClusterControl controller</description>
${tcp.join('')}  <protocol value="vrrp"/>
</service>
`;
}

/** An application of ufw (ufw(8), APPLICATION INTEGRATION). It knows ports only: VRRP is a line of before.rules. */
export function ufwApplication(site: ReplicationSite, controller: ReplicationController): string {
  const peer = site.controllers.find(({ name }) => name !== controller.name) ?? controller;
  return `${header(site, '#', 'What a firewall lets in')}# Inert until: ufw allow clustercontrol-ha
# VRRP is no port. In /etc/ufw/before.rules, before COMMIT: -A ufw-before-input -p vrrp -s ${peer.address} -j ACCEPT
[clustercontrol-ha]
title=ClusterControl HA
description=ssh, MySQL replication, cmon and web interface of a ClusterControl controller
ports=${ports(site, controller).join(',')}/tcp
`;
}
