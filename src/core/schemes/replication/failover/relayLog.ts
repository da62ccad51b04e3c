import type { MysqlState } from '../../../observe/mysql';

/**
 * What a restart of MySQL does with a relay log that is not applied yet. `unknown`: its option file decides, and that may
 * have changed since it was read; what relay_log_recovery is now says nothing of the next start.
 */
export function relayLogAtRestart({
  persisted,
}: Pick<MysqlState, 'persisted'>): 'kept' | 'thrown-away' | 'unknown' {
  const value = persisted.relay_log_recovery;
  if (value === undefined) return 'unknown';
  return /^(ON|1)$/i.test(value) ? 'thrown-away' : 'kept';
}
