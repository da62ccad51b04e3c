import type { SiteHost } from '../../../inventory/site';
import type { HostAssets, RenderedFile } from '../../scheme';
import { pathsOf } from '../paths';
import type { ReplicationController, ReplicationSite } from '../site';
import { cmonDefaults, cmonLines } from './cmon';
import { OWN_FOLDER, firewalldService, iptablesRules, nftRules, ufwApplication } from './firewall';
import { guardSettings } from './guard';
import { hostsBlock } from './hosts';
import { keepalivedConf } from './keepalived';
import { lsyncdConf } from './lsyncd';
import { mysqlOptions } from './mysql';
import { documentedNotifyScript } from './notifyScript';
import { selinuxModule } from './selinux';
import { sysctlConf } from './sysctl';

/** Every file that the inventory says the hosts should have, host by host. */
export function replicationFiles(site: ReplicationSite, assets: HostAssets = {}): readonly RenderedFile[] {
  return [
    ...site.controllers.flatMap((controller) => controllerFiles(site, controller, assets)),
    ...witnessFiles(site, assets),
  ];
}

function controllerFiles(
  site: ReplicationSite,
  controller: ReplicationController,
  assets: HostAssets,
): RenderedFile[] {
  const paths = pathsOf(controller.os);
  const file = fileOn(controller);
  const secret = site.keepalived.authPassword !== undefined;
  const script = { mode: '0755' };
  return [
    file('keepalived', paths.keepalived, keepalivedConf(site, controller), secret ? { mode: '0600' } : {}),
    ...(site.profile === 'documented'
      ? [file('keepalived', paths.notifyScript, documentedNotifyScript(site, controller), script)]
      : asset(assets, 'manage_snat.sh', (text) => file('keepalived', paths.notifyScript, text, script))),
    file('mysql', paths.mysql, mysqlOptions(site, controller)),
    file('lsyncd', paths.lsyncd, lsyncdConf(site, controller)),
    file('sysctl', paths.sysctl, sysctlConf(site)),
    file('hosts', '/etc/hosts', hostsBlock(site), { shared: 'block' }),
    file('cmon', '/etc/cmon.cnf', cmonLines(site), { shared: 'lines' }),
    file('cmon', '/etc/default/cmon', cmonDefaults(), { shared: 'lines' }),
    ...(site.profile === 'hardened'
      ? [...firewallFiles(site, controller), ...hardenedFiles(site, controller, assets)]
      : []),
  ];
}

/** What a firewall has to let in, for each that a host may have. All are inert until the operator says so. */
function firewallFiles(site: ReplicationSite, controller: ReplicationController): RenderedFile[] {
  const file = (path: string, content: string) => fileOn(controller)('firewall', path, content);
  return [
    controller.os === 'rhel'
      ? file('/etc/firewalld/services/clustercontrol-ha.xml', firewalldService(site, controller))
      : file('/etc/ufw/applications.d/clustercontrol-ha', ufwApplication(site, controller)),
    file(`${OWN_FOLDER}/firewall.nft`, nftRules(site, controller)),
    file(`${OWN_FOLDER}/firewall.rules`, iptablesRules(site, controller)),
  ];
}

function hardenedFiles(
  site: ReplicationSite,
  controller: ReplicationController,
  assets: HostAssets,
): RenderedFile[] {
  const file = fileOn(controller);
  const dropIn = (unit: string) => `/etc/systemd/system/${unit}.service.d/clustercontrol-ha.conf`;
  return [
    ...helperFiles(site, controller, assets),
    ...asset(assets, 'clustercontrol-ha-guard.service', (text) =>
      file('guard', '/etc/systemd/system/clustercontrol-ha-guard.service', text),
    ),
    ...site.services.flatMap((unit) =>
      asset(assets, 'unit-condition.conf', (text) => file('guard', dropIn(unit), text)),
    ),
    // Debian's package brings an init script alone, for which systemd 260 and later has no generator (measured).
    ...(controller.os === 'debian'
      ? asset(assets, 'lsyncd.service', (text) => file('guard', '/etc/systemd/system/lsyncd.service', text))
      : [file('keepalived', `${OWN_FOLDER}/selinux.cil`, selinuxModule(site, controller))]),
    ...asset(assets, 'lsyncd-condition.conf', (text) => file('guard', dropIn('lsyncd'), text)),
    ...asset(assets, 'keepalived-restart.conf', (text) => file('keepalived', dropIn('keepalived'), text)),
  ];
}

function witnessFiles(site: ReplicationSite, assets: HostAssets): RenderedFile[] {
  const witness = site.prometheus;
  return [
    fileOn(witness)('hosts', '/etc/hosts', hostsBlock(site), { shared: 'block' }),
    ...(site.profile === 'hardened' ? helperFiles(site, witness, assets) : []),
  ];
}

/** The helper with its settings: on controllers and witness. */
function helperFiles(site: ReplicationSite, host: SiteHost, assets: HostAssets): RenderedFile[] {
  const file = fileOn(host);
  return [
    file('guard', '/etc/default/clustercontrol-ha', guardSettings(site, host)),
    ...asset(assets, 'clustercontrol-ha', (text) =>
      file('guard', '/usr/local/sbin/clustercontrol-ha', text, { mode: '0755' }),
    ),
    ...asset(assets, 'clustercontrol-ha.tmpfiles', (text) =>
      file('guard', '/etc/tmpfiles.d/clustercontrol-ha.conf', text),
    ),
  ];
}

function fileOn(host: SiteHost) {
  return (group: string, path: string, content: string, more: Partial<RenderedFile> = {}): RenderedFile => ({
    host: host.name,
    path,
    content,
    mode: '0644',
    owner: 'root',
    group,
    ...more,
  });
}

function asset(assets: HostAssets, name: string, render: (text: string) => RenderedFile): RenderedFile[] {
  const text = assets[name];
  return text === undefined ? [] : [render(text)];
}
