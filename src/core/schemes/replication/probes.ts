import type { HostAssets, HostProbe } from '../scheme';
import type { ReplicationController, ReplicationSite } from './site';
import { replicationFiles } from './files/render';
import { pathsOf } from './paths';

/** Where the probe looks on each host of a site. */
export function replicationProbes(site: ReplicationSite): readonly HostProbe[] {
  const controllers = site.controllers.map((controller): HostProbe => controllerProbe(site, controller));
  return [
    ...controllers,
    {
      host: site.prometheus.name,
      kind: 'witness',
      units: ['prometheus'],
      vip: site.vip,
      configFiles: renderedPaths(site, site.prometheus.name),
      lsyncdStatusFile: '',
      cronFiles: [],
      dataPaths: ['/', '/var/lib'],
      syncPaths: [],
    },
  ];
}

function controllerProbe(site: ReplicationSite, controller: ReplicationController): HostProbe {
  const paths = pathsOf(controller.os);
  return {
    host: controller.name,
    kind: 'controller',
    units: [...site.services, paths.mysqlUnit, 'keepalived', 'lsyncd', 'clustercontrol-ha-guard'],
    vip: site.vip,
    configFiles: renderedPaths(site, controller.name),
    lsyncdStatusFile: paths.lsyncdStatus,
    cronFiles: ['/etc/cron.d/cmon'],
    dataPaths: ['/', '/var/lib/mysql', '/var/lib/cmon', '/var/log'],
    syncPaths: [...site.sync.directories, ...site.sync.files],
  };
}

/** Paths alone: what stands in an asset doesn't matter, only that there is one. */
const ANY_ASSET: HostAssets = new Proxy({}, { get: () => '' });

/** Every file that may be rendered for a host: a change of any of them is a change of what a plan rests on. */
function renderedPaths(site: ReplicationSite, host: string): string[] {
  return replicationFiles(site, ANY_ASSET)
    .filter((file) => file.host === host)
    .map(({ path }) => path);
}
