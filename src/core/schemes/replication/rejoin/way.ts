import {
  countTransactions,
  formatGtidSet,
  type GtidSet,
  parseGtidSet,
  subtractGtidSets,
} from '../../../gtid/set';
import { valueOf } from '../../../observe/fact';
import type { HostObservation } from '../../../observe/host';
import type { MysqlState } from '../../../observe/mysql';
import type { QuestionAnswer } from '../../scheme';
import { donorFacts, hostFacts } from './answers';

/** How a host comes back, and why. */
export interface Way {
  /** `follow`: by auto position, its data stays. `clone`: its data is replaced by the primary's. */
  readonly kind: 'follow' | 'clone';
  readonly reasons: readonly string[];
  /** Transactions that only this host has. */
  readonly extra: GtidSet;
  /** Those of them that its binary logs still hold: the others can't be kept. */
  readonly kept: GtidSet;
}

/**
 * The host was read first (in the observation), the primary's position was asked afterwards: the other order sees
 * transactions of its own on a healthy standby.
 * @returns undefined where a fact that decides is unknown.
 */
export function wayOf(
  seen: HostObservation,
  answers: Readonly<Record<string, QuestionAnswer>>,
  primary: string,
): Way | undefined {
  const mysql = valueOf(seen.mysql);
  const donor = donorFacts(answers);
  const host = hostFacts(answers);
  if (mysql === undefined || donor === undefined || host === undefined) return undefined;
  const extra = subtractGtidSets(parseGtidSet(mysql.gtidExecuted), parseGtidSet(donor.gtidExecuted));
  const kept = subtractGtidSets(extra, parseGtidSet(host.gtidPurged));
  const reasons = [
    ...(host.cloneBrokeOff ? ['a CLONE broke off there: its data is not whole'] : []),
    ...(extra.size > 0
      ? [`it has ${countTransactions(extra)} transactions that ${primary} lacks: ${formatGtidSet(extra)}`]
      : []),
    ...bare(mysql, primary),
    ...purged(mysql, donor.gtidPurged, primary),
    ...applier(mysql),
  ];
  if (reasons.length > 0) return { kind: 'clone', reasons, extra, kept };
  return {
    kind: 'follow',
    reasons: [`${primary} has everything that it has, and its logs still hold the rest`],
    extra,
    kept,
  };
}

function bare(mysql: MysqlState, primary: string): string[] {
  // What was there before the first GTID comes by no auto position.
  return mysql.gtidExecuted === '' ? [`it has no data of ${primary} yet`] : [];
}

function purged(mysql: MysqlState, primaryPurged: string, primary: string): string[] {
  if (mysql.gtidExecuted === '') return [];
  const missing = subtractGtidSets(parseGtidSet(primaryPurged), parseGtidSet(mysql.gtidExecuted));
  return missing.size > 0
    ? [`${primary} has purged what it lacks: ${formatGtidSet(missing)} (error 13114 or 1236)`]
    : [];
}

/**
 * A power cut without relay_log_recovery leaves a relay log that can't be read (error 13121; "corrupted data in log event" was
 * measured, the others are the server's words for the same), or a position in none (13124, measured). Nothing was applied of it:
 * its events come again by auto position.
 */
const OWN_RELAY_LOG =
  /relay log (read failure|event entry)|corrupted data in log event|truncated in the middle of event|event crc check failed|initialize applier metadata/i;

/** Any other error means that the applier has met data that are not the primary's; how many more differ, nobody knows. */
function applier({ replica }: MysqlState): string[] {
  if (replica === undefined || replica.sqlRunning === 'Yes') return [];
  const errors = [replica.sqlError, ...replica.workerErrors].filter(
    (error) => error !== '' && !OWN_RELAY_LOG.test(error),
  );
  return errors.length > 0 ? [`its applier stopped with an error: ${errors[0]}`] : [];
}
