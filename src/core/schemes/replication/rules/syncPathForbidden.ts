import { at } from './rule';
import type { ReplicationRule } from './rule';

const OWN = [
  '/var/lib/mysql/',
  '/var/lib/clustercontrol-ha/',
  '/etc/keepalived/',
  '/etc/mysql/',
  '/etc/my.cnf.d/',
  '/root/.ssh/',
];

export const syncPathForbidden: ReplicationRule = {
  code: 'sync-path-forbidden',
  severity: 'error',
  why: 'Some things belong to one host: copied over, they break the database, the role or the VIP of the other.',
  remedy: 'Name the directories of ClusterControl only.',
  check(draft) {
    const paths = draft.value.sync?.directories ?? [];
    return paths.flatMap((path, index) => {
      const folder = path.endsWith('/') ? path : `${path}/`;
      const own = OWN.find((one) => one.startsWith(folder) || folder.startsWith(one));
      return own === undefined
        ? []
        : [at(draft, ['sync', 'directories', index], `${path} would copy ${own}, which belongs to its host`)];
    });
  },
};
