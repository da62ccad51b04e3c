import { EMERGENCY_TROUBLES, NETWORK_IN_DISORDER, TARGET_IN_DISORDER } from '../../lab/failover/troubles';
import type { Trouble } from '../../lab/promote/trouble';
import {
  CLONE_UNDER_WAY,
  PLANNED_TROUBLES,
  PRIMARY_AT_WORK,
  STANDBY_AT_REST,
} from '../../lab/promote/troubles';
import type { NamedCase } from './cases';

/** On what a check is seen to fire, in the words of docs/checks.md. */
export type How = 'broken host' | 'living host' | "operator's input" | 'edited capture';
export type Mode = 'planned' | 'emergency';

/** A check, and the case in which it is seen to fire. */
export interface Tried extends NamedCase {
  readonly check: string;
  readonly how: How;
}

/** A table of troubles by its name, and the case that makes all of them on real hosts and asks for a plan. */
export interface TroubleTable extends NamedCase {
  readonly table: string;
  readonly troubles: readonly Trouble[];
}

const REFUSALS = 'test/lab/promote/refusals.test.ts';
const TOGETHER = 'test/lab/promote/refusalsTogether.test.ts';
const FAILOVER = 'test/lab/failover/refusals.test.ts';
const EDITED = 'test/unit/checks/edited.test.ts';

export const TABLES: Readonly<Record<Mode, readonly TroubleTable[]>> = {
  planned: [
    {
      table: 'STANDBY_AT_REST',
      troubles: STANDBY_AT_REST,
      file: TOGETHER,
      title: 'the standby is at rest and in disorder: each check says so, none hides another',
    },
    {
      table: 'PRIMARY_AT_WORK',
      troubles: PRIMARY_AT_WORK,
      file: TOGETHER,
      title: 'the primary is busy and the standby behind: the same',
    },
    {
      table: 'CLONE_UNDER_WAY',
      troubles: [CLONE_UNDER_WAY],
      file: TOGETHER,
      title: 'a CLONE is under way',
    },
  ],
  emergency: [
    {
      table: 'TARGET_IN_DISORDER',
      troubles: TARGET_IN_DISORDER,
      file: FAILOVER,
      title: 'the old primary is dead and the target in disorder: each check says so, none hides another',
    },
    {
      table: 'NETWORK_IN_DISORDER',
      troubles: NETWORK_IN_DISORDER,
      file: FAILOVER,
      title: 'the address is held and the witness away: the same',
    },
  ],
};

/** All that the tables must hold. */
export const TROUBLES: Readonly<Record<Mode, readonly Trouble[]>> = {
  planned: PLANNED_TROUBLES,
  emergency: EMERGENCY_TROUBLES,
};

const host = (check: string, file: string, title: string): Tried => ({
  ...{ check, how: 'broken host', file, title },
});
/** Hosts are whole: what the operator has or asks for is wrong. */
const input = (check: string, file: string, title: string): Tried => ({
  ...{ check, how: "operator's input", file, title },
});
const OPERATOR = 'the operator has another inventory, no password, or no root on the target: the same';
const LIVES = 'the old primary lives: it is seen, heard, and its MySQL answers';
/** The host that is said to be dead is whole: that is what the check is for. */
const lives = (check: string): Tried => ({
  ...{ check, how: 'living host', file: FAILOVER, title: LIVES },
});
const edited = (check: string, title: string): Tried => ({
  ...{ check, how: 'edited capture', file: EDITED, title },
});

/**
 * Beside those of the tables. What can't be broken on these hosts is tried on captures of healthy hosts that the case edits:
 * there is one version of MySQL here, servers of one UUID never replicate, and a target without a file is no host of this lab.
 */
export const CASES: Readonly<Record<Mode, readonly Tried[]>> = {
  planned: [
    input('inventory-valid', REFUSALS, 'the target is the primary already'),
    input('access', REFUSALS, 'sudo is refused'),
    host('lag', REFUSALS, 'the standby lags'),
    host('errant', REFUSALS, 'the standby has an errant transaction'),
    host('vip-holders', REFUSALS, 'the virtual IP is on the standby already'),
    input('reverse-login', REFUSALS, 'the password is wrong'),
    input('secrets', REFUSALS, 'a password is missing'),
    host('guard-heard', REFUSALS, 'the guard of the standby can not log in anywhere'),
    input('profile-mismatch', TOGETHER, 'the inventory says another profile than the hosts'),
    edited('versions', 'a planned promotion between two series of MySQL'),
  ],
  emergency: [
    input('inventory-valid', FAILOVER, LIVES),
    input('profile-mismatch', FAILOVER, OPERATOR),
    input('secrets', FAILOVER, OPERATOR),
    input('access', FAILOVER, OPERATOR),
    host(
      'unapplied',
      'test/lab/failover/received.test.ts',
      'a backlog is applied first, also when mysqld is killed in the midst of it',
    ),
    lives('alive'),
    lives('still-receiving'),
    lives('half-way'),
    host(
      'old-primary-unfenced',
      'test/lab/failover/documented.test.ts',
      'needs a power-off and a promise; the state that stays is named',
    ),
    edited('versions', 'a failover to an older MySQL than wrote the relay log'),
    edited('identities', 'a failover to a server that has the UUID of its source'),
    edited('files-fresh', 'a failover to a target without any of the files'),
  ],
};
