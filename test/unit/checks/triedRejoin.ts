import {
  BEFORE_A_CLONE,
  BEFORE_A_REJOIN,
  REJOIN_TROUBLES,
  WITHOUT_THE_PLUGIN,
} from '../../lab/rejoin/troubles';
import type { Trouble } from '../../lab/promote/trouble';
import type { Tried, TroubleTable } from './tried';

const REFUSALS = 'test/lab/rejoin/refusals.test.ts';
const STATES = 'test/lab/rejoin/states.test.ts';
const FAULTS = 'test/lab/rejoin/faults.test.ts';
const DOCUMENTED = 'test/lab/rejoin/documented.test.ts';

const OPERATOR = 'the operator has no root, no password, or another inventory: the same';
const OTHERS = 'a broken applier means a CLONE; tables of other engines stop it, and a wrong password';
const NEEDED = 'what is needed for a CLONE: the same, and once it is mended the CLONE is made';

export const REJOIN_TABLES: readonly TroubleTable[] = [
  {
    table: 'BEFORE_A_REJOIN',
    troubles: BEFORE_A_REJOIN,
    file: REFUSALS,
    title: 'record, GTIDs, login, identity: each check says so, none hides another',
  },
  { table: 'BEFORE_A_CLONE', troubles: BEFORE_A_CLONE, file: REFUSALS, title: NEEDED },
  { table: 'WITHOUT_THE_PLUGIN', troubles: WITHOUT_THE_PLUGIN, file: REFUSALS, title: NEEDED },
];
/** All that the tables must hold. */
export const ALL_TROUBLES: readonly Trouble[] = REJOIN_TROUBLES;

const tried =
  (how: Tried['how']) =>
  (check: string, file: string, title: string): Tried => ({ check, how, file, title });
const host = tried('broken host');
const input = tried("operator's input");

/** Checks of a rejoin beside those of the tables. One version of MySQL can be had here. */
export const REJOIN_CASES: readonly Tried[] = [
  input('access', REFUSALS, OPERATOR),
  input('secrets', REFUSALS, OPERATOR),
  input('profile-mismatch', REFUSALS, OPERATOR),
  input('way', REFUSALS, OPERATOR),
  input('primary-clear', STATES, 'the primary itself is refused'),
  host('files', STATES, 'an old primary that lost nothing follows by auto position; its files are kept'),
  host(
    'extra-transactions',
    STATES,
    'what only an old primary has is shown, kept, given up by typed words, and replaced by CLONE',
  ),
  host('other-engines', STATES, OTHERS),
  input('clone-login', STATES, OTHERS),
  host(
    'operation-unfinished',
    FAULTS,
    'its disk fills up: unfinished, closed; with room again it is resumed',
  ),
  host('disk-for-clone', FAULTS, 'a disk that is too small is seen before anything is done'),
  host(
    'closed',
    DOCUMENTED,
    'an old primary that a reboot opened is refused until it is closed, and stays closed afterwards',
  ),
  tried('edited capture')(
    'versions',
    'test/unit/checks/edited.test.ts',
    'a rejoin between two series of MySQL',
  ),
];
