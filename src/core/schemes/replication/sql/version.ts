import type { ReplicationSite } from '../site';

/** MySQL series that statements are written for. 8.0 means 8.0.26 and later: before that the names with `replica` are unknown. */
export type MysqlSeries = NonNullable<ReplicationSite['mysql']['version']>;

/** The series of a server's VERSION(); undefined for one that the product doesn't know. */
export function seriesOf(version: string): MysqlSeries | undefined {
  const [major, minor] = version.split('.').map(Number);
  if (major === 9) return '9';
  if (major !== 8) return undefined;
  return minor === 0 ? '8.0' : minor === 4 ? '8.4' : undefined;
}

/** What the inventory declares, else the newest series: its statements are understood by 8.4, and nearly all by 8.0. */
export function seriesFor({ mysql }: ReplicationSite): MysqlSeries {
  return mysql.version ?? '9';
}
