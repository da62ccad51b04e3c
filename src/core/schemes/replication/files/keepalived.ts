import { DOCUMENTED_VRRP_PASSWORD } from '../defaults';
import { hardenedPriority } from '../hardenedPriority';
import { pathsOf } from '../paths';
import type { ReplicationController, ReplicationSite } from '../site';
import { header } from './header';
import { secretPlaceholder } from './quoting';

/** keepalived.conf of one controller. */
export function keepalivedConf(site: ReplicationSite, controller: ReplicationController): string {
  return site.profile === 'hardened' ? hardened(site, controller) : documented(site, controller);
}

/**
 * The VIP follows the role: only the host with the active flag is eligible. `weight 0 reverse` fails closed for a
 * missing, empty or garbled flag (measured); both have the same priority, so that giving before dropping leaves a gap of milliseconds and no overlap.
 */
function hardened(site: ReplicationSite, controller: ReplicationController): string {
  const changes = [
    'the VIP follows the role flag: a check of cmon with this weight never moves it',
    'script security, so that no check is dropped in silence',
    'the same priority on both: the role decides, and the address moves within milliseconds',
  ];
  return `${header(site, '!', `keepalived on ${controller.name}`, changes)}
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
    interface ${controller.interface}
    virtual_router_id ${site.keepalived.virtualRouterId}
${version(site, '    ')}    priority ${hardenedPriority(site.keepalived.advertIntervalSeconds)}
    advert_int ${site.keepalived.advertIntervalSeconds}
${authentication(site, '    ')}${unicast(site, controller, '    ')}    virtual_ipaddress {
        ${site.vip}
    }
    track_file {
        cc_role
    }
    notify ${pathsOf(controller.os).notifyScript}
}
`;
}

function documented(site: ReplicationSite, controller: ReplicationController): string {
  return `${header(site, '!', `keepalived on ${controller.name}`)}
vrrp_script check_cmon {
    script "/usr/bin/killall -0 cmon"
    interval 2
    weight 2
}

vrrp_instance VI_1 {
    state BACKUP
    nopreempt
    interface ${controller.interface}
    virtual_router_id ${site.keepalived.virtualRouterId}
${version(site, '    ')}    priority ${controller.priority}
    advert_int ${site.keepalived.advertIntervalSeconds}
${authentication(site, '    ')}${unicast(site, controller, '    ')}    virtual_ipaddress {
        ${site.vip}
    }
    track_script {
        check_cmon
    }
    notify ${pathsOf(controller.os).notifyScript}
}
`;
}

/** Version 2 is keepalived's default, and refuses an interval below a second. */
function version({ keepalived }: ReplicationSite, indent: string): string {
  return keepalived.vrrpVersion === 3 ? `${indent}version 3\n` : '';
}

/** Version 3 has no authentication: keepalived -t refuses the block there. */
function authentication({ keepalived, profile }: ReplicationSite, indent: string): string {
  const { authPassword, vrrpVersion } = keepalived;
  const password =
    authPassword !== undefined
      ? secretPlaceholder(authPassword.secret)
      : profile === 'documented'
        ? DOCUMENTED_VRRP_PASSWORD
        : undefined;
  if (vrrpVersion === 3 || password === undefined) return '';
  return ['authentication {', '    auth_type PASS', `    auth_pass ${password}`, '}']
    .map((line) => `${indent}${line}\n`)
    .join('');
}

function unicast(site: ReplicationSite, controller: ReplicationController, indent: string): string {
  if (!site.keepalived.unicast) return '';
  const peers = site.controllers.filter(({ name }) => name !== controller.name);
  return [
    `unicast_src_ip ${controller.address}`,
    'unicast_peer {',
    ...peers.map(({ address }) => `    ${address}`),
    '}',
  ]
    .map((line) => `${indent}${line}\n`)
    .join('');
}
