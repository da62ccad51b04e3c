import type { HostProbe } from '../scheme';
import type { ReplicationController, ReplicationSite } from './site';
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
      configFiles: [],
      lsyncdStatusFile: '',
      cronFiles: [],
      dataPaths: ['/', '/var/lib'],
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
    configFiles: [
      paths.keepalived,
      paths.notifyScript,
      paths.mysql,
      paths.lsyncd,
      paths.sysctl,
      '/etc/hosts',
      '/etc/cmon.cnf',
      '/etc/default/cmon',
      '/etc/default/clustercontrol-ha',
      '/usr/local/sbin/clustercontrol-ha',
    ],
    lsyncdStatusFile: paths.lsyncdStatus,
    cronFiles: ['/etc/cron.d/cmon'],
    dataPaths: ['/', '/var/lib/mysql', '/var/lib/cmon', '/var/log'],
  };
}
