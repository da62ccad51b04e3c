/** A check's case on a really broken host, by the file and the name of the case. */
export interface LabCase {
  readonly check: string;
  readonly mode: 'planned' | 'emergency';
  readonly file: string;
  readonly name: string;
}

const REFUSALS = 'test/lab/promote/refusals.test.ts';
const TOGETHER = 'test/lab/promote/refusalsTogether.test.ts';
const FAILOVER = 'test/lab/failover/refusals.test.ts';
const LIVES = 'the old primary lives: it is seen, heard, and its MySQL answers';
const OPERATOR = 'the operator has another inventory, no password, or no root on the target: the same';

/** Beside those of the tables of troubles (`test/lab/promote/troubles.ts`, `test/lab/failover/troubles.ts`). */
export const LAB_CASES: readonly LabCase[] = [
  { check: 'inventory-valid', mode: 'planned', file: REFUSALS, name: 'the target is the primary already' },
  { check: 'access', mode: 'planned', file: REFUSALS, name: 'sudo is refused' },
  { check: 'lag', mode: 'planned', file: REFUSALS, name: 'the standby lags' },
  { check: 'errant', mode: 'planned', file: REFUSALS, name: 'the standby has an errant transaction' },
  { check: 'vip-holders', mode: 'planned', file: REFUSALS, name: 'the virtual IP is on the standby already' },
  { check: 'reverse-login', mode: 'planned', file: REFUSALS, name: 'the password is wrong' },
  { check: 'secrets', mode: 'planned', file: REFUSALS, name: 'a password is missing' },
  {
    check: 'profile-mismatch',
    mode: 'planned',
    file: TOGETHER,
    name: 'the inventory says another profile than the hosts',
  },
  { check: 'inventory-valid', mode: 'emergency', file: FAILOVER, name: LIVES },
  { check: 'profile-mismatch', mode: 'emergency', file: FAILOVER, name: OPERATOR },
  { check: 'secrets', mode: 'emergency', file: FAILOVER, name: OPERATOR },
  { check: 'access', mode: 'emergency', file: FAILOVER, name: OPERATOR },
  {
    check: 'unapplied',
    mode: 'emergency',
    file: 'test/lab/failover/received.test.ts',
    name: 'a backlog is applied first, also when mysqld is killed in the midst of it',
  },
  { check: 'alive', mode: 'emergency', file: FAILOVER, name: LIVES },
  { check: 'still-receiving', mode: 'emergency', file: FAILOVER, name: LIVES },
  { check: 'half-way', mode: 'emergency', file: FAILOVER, name: LIVES },
  {
    check: 'old-primary-unfenced',
    mode: 'emergency',
    file: 'test/lab/failover/documented.test.ts',
    name: 'old-primary-unfenced',
  },
];

/**
 * What can't be broken on these hosts is tried on captures of healthy hosts that the case edits: there is one version of
 * MySQL here, servers of one UUID never replicate, and a target without a file is no host of this lab.
 */
export const EDITED: readonly { readonly check: string; readonly mode: 'planned' | 'emergency' }[] = [
  { check: 'versions', mode: 'planned' },
  { check: 'versions', mode: 'emergency' },
  { check: 'identities', mode: 'emergency' },
  { check: 'files-fresh', mode: 'emergency' },
];
