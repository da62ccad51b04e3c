const REFUSALS = 'test/lab/rejoin/refusals.test.ts';
const STATES = 'test/lab/rejoin/states.test.ts';
const FAULTS = 'test/lab/rejoin/faults.test.ts';
const DOCUMENTED = 'test/lab/rejoin/documented.test.ts';
const OPERATOR = 'the operator has no root, no password, or another inventory: the same';
const OTHERS = 'a broken applier means a CLONE; tables of other engines stop it, and a wrong password';

/** Checks of a rejoin by file and name of the case, beside those of `test/lab/rejoin/troubles.ts`. */
export const REJOIN_CASES: readonly (readonly [check: string, file: string, name: string])[] = [
  ['access', REFUSALS, OPERATOR],
  ['secrets', REFUSALS, OPERATOR],
  ['profile-mismatch', REFUSALS, OPERATOR],
  ['way', REFUSALS, OPERATOR],
  ['primary-clear', STATES, 'the primary itself is refused'],
  ['files', STATES, 'an old primary that lost nothing follows by auto position; its files are kept'],
  [
    'extra-transactions',
    STATES,
    'what only an old primary has is shown, kept, given up by typed words, and replaced by CLONE',
  ],
  ['other-engines', STATES, OTHERS],
  ['clone-login', STATES, OTHERS],
  ['operation-unfinished', FAULTS, 'its disk fills up: unfinished, closed; with room again it is resumed'],
  ['disk-for-clone', FAULTS, 'a disk that is too small is seen before anything is done'],
  [
    'closed',
    DOCUMENTED,
    'an old primary that a reboot opened is refused until it is closed, and stays closed afterwards',
  ],
];

/** One version of MySQL can be had here: on a capture that `test/unit/rejoin/checks.test.ts` edits. */
export const REJOIN_EDITED: readonly string[] = ['versions'];
