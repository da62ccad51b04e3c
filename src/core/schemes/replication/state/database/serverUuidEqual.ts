import { mysqlOf, onSite } from '../rule';
import type { StateRule } from '../rule';

export const serverUuidEqual: StateRule = {
  code: 'server-uuid-equal',
  severity: 'error',
  part: 'database',
  why: 'Replication between two servers of one identity does not work, and GTIDs of both look like one source.',
  remedy:
    'Stop MySQL on the standby, remove auto.cnf from its data directory (or set another server_id), start it again.',
  check(view) {
    const [a, b] = view.controllers.map(mysqlOf);
    if (a === undefined || b === undefined) return [];
    const same = [
      ...(a.serverUuid === b.serverUuid ? [`server_uuid ${a.serverUuid}`] : []),
      ...(a.serverId === b.serverId ? [`server_id ${a.serverId}`] : []),
    ];
    return same.length === 0 ? [] : [onSite(view, `both servers have ${same.join(' and ')}`)];
  },
};
