import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { known, unknown, type Fact } from '../../../src/core/observe/fact';
import type { HostObservation } from '../../../src/core/observe/host';
import { hostFacts, type ProbedHost } from '../../../src/core/observe/hostFacts';
import type { MysqlState } from '../../../src/core/observe/mysql';
import { parseMysqlState } from '../../../src/core/observe/mysqlRows';
import { readProbeDocument } from '../../../src/core/observe/probeDocument';
import type { ProbeTiming } from '../../../src/core/observe/resources';
import type { SqlRow } from '../../../src/core/ports';

/** One host's raw answers, as `test/fixtures/record.ts` keeps them. */
interface Recorded {
  readonly probed: ProbedHost;
  readonly timing: ProbeTiming;
  readonly document: unknown;
  readonly mysql:
    { readonly error: string } | { readonly server: SqlRow; readonly channels: readonly SqlRow[] };
}

export type Profile = 'hardened' | 'documented';

export function recording(profile: Profile, state: string, host: string): Recorded {
  const file = join(__dirname, '../../fixtures/hosts', profile, state, `${host}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Recorded;
}

/** The facts of a recorded host. */
export function recorded(profile: Profile, state: string, host: string): HostObservation {
  const { probed, timing, document, mysql } = recording(profile, state, host);
  const atMs = timing.receivedAtMs;
  const fact: Fact<MysqlState> =
    'error' in mysql
      ? unknown(mysql.error, atMs, 'mysql')
      : known(parseMysqlState(mysql.server, mysql.channels), atMs, 'mysql');
  return hostFacts(probed, readProbeDocument(host, JSON.stringify(document)), timing, fact);
}

/** The value of a fact that has to be known. */
export function value<T>(fact: Fact<T>): T {
  if (!fact.known) throw new Error(`unknown: ${fact.reason}`);
  return fact.value;
}
