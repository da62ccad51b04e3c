import { formatGtidSet, subtractGtidSets } from '../../../../gtid/set';
import { readGtids } from '../gtids';
import { onHost, mysqlOf } from '../rule';
import type { StateRule } from '../rule';

export const purgedTransactions: StateRule = {
  code: 'purged-transactions',
  severity: 'error',
  part: 'replication',
  why: 'The primary no longer has transactions that the standby needs: replication stops with error 1236 and cannot bring them.',
  remedy: 'Rebuild the standby by CLONE ("Prepare as Secondary").',
  check(view) {
    const { primary, standby } = view;
    const purged = readGtids(mysqlOf(primary)?.gtidPurged ?? '');
    const own = readGtids(mysqlOf(standby)?.gtidExecuted ?? '');
    if (standby === undefined || mysqlOf(standby) === undefined || purged === undefined || own === undefined)
      return [];
    const missing = subtractGtidSets(purged, own);
    return missing.size === 0
      ? []
      : [
          onHost(
            view,
            standby.name,
            `${standby.name} lacks ${formatGtidSet(missing)}, which ${primary?.name} has purged`,
          ),
        ];
  },
};
