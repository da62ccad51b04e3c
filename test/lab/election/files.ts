import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostIndex } from '../../../src/core/vrrp/pair';
import { otherHost } from '../../../src/core/vrrp/pair';
import { DOCUMENTED_MANAGE_SNAT } from '../documented/keepalived';
import { REPOSITORY } from '../places';
import { VIP } from '../site';
import type { ElectionCase } from './matrix';

export const NOTIFY = '/etc/keepalived/manage_snat.sh';

/** keepalived.conf of one host of a case. Shape and names are those of the rendered files. */
export function keepalivedConf({ pair, unicast }: ElectionCase, index: HostIndex): string {
  const host = pair.hosts[index];
  const peer = pair.hosts[otherHost(index)];
  const tracks = pair.track.kind === 'role' ? 'track_file { cc_role }' : 'track_script { check_cmon }';
  return `global_defs {
    enable_script_security
    script_user root
}
${trackBlock(pair.track, pair.checkIntervalSeconds)}
vrrp_instance VI_1 {
    state ${host.state}
${host.nopreempt ? '    nopreempt\n' : ''}    interface eth0
    virtual_router_id 51
${pair.version === 3 ? '    version 3\n' : '    authentication {\n        auth_type PASS\n        auth_pass 1113\n    }\n'}    priority ${host.priority}
    advert_int ${pair.advertIntervalSeconds}
${unicast ? `    unicast_src_ip ${host.address}\n    unicast_peer {\n        ${peer.address}\n    }\n` : ''}    virtual_ipaddress {
        ${VIP}
    }
    ${tracks.replace('{ ', '{\n        ').replace(' }', '\n    }')}
${pair.snat === 'none' ? '' : `    notify ${NOTIFY}\n`}}
`;
}

function trackBlock(track: ElectionCase['pair']['track'], interval: number): string {
  if (track.kind === 'role')
    return 'track_file cc_role {\n    file "/run/clustercontrol-ha/active"\n    weight 0 reverse\n}';
  const weight = track.weight === undefined ? '' : `    weight ${track.weight}\n`;
  return `vrrp_script check_cmon {\n    script "/usr/bin/killall -0 cmon"\n    interval ${interval}\n${weight}}`;
}

/** Files of a host, by path. */
export function filesOf(one: ElectionCase, index: HostIndex): Readonly<Record<string, string>> {
  const peer = one.pair.hosts[otherHost(index)].address;
  const files = { '/etc/keepalived/keepalived.conf': keepalivedConf(one, index) };
  if (one.pair.snat === 'none') return files;
  return one.pair.snat === 'documented'
    ? { ...files, [NOTIFY]: DOCUMENTED_MANAGE_SNAT }
    : {
        ...files,
        [NOTIFY]: readFileSync(join(REPOSITORY, 'media/host/manage_snat.sh'), 'utf8'),
        '/etc/default/clustercontrol-ha': `VIP=${VIP}\nINTERFACE=eth0\nPEER_ADDRESS=${peer}\n`,
      };
}
