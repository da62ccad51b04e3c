import { type Step } from '../../../plan/plan';
import { leased, shownHelper, type StepKit, targetOpened, undoneFirst, unleased } from './kit';

/** Reads the current epoch of this host's record; 0 where there is none. */
const CURRENT_EPOCH =
  'epoch=0; [ -r /var/lib/clustercontrol-ha/role ] && read -r epoch _ </var/lib/clustercontrol-ha/role';

/** A GTID set of one host becomes part of a statement on the other: nothing else than one may pass (MySQL manual, GTID sets). */
function onlyGtids(variable: string): string {
  return `case $${variable} in *[!0-9A-Za-z_:,-]*) echo "not a GTID set: $${variable}" >&2; exit 1;; esac`;
}

export function sourcePosition(kit: StepKit): Step {
  return {
    id: 'source-position',
    title: 'Read how far the primary has come',
    host: kit.source,
    why: 'The standby must reach this before anything stops.',
    phase: 'prepare',
    needs: [],
    shown: ['SELECT @@GLOBAL.gtid_executed;'],
    act: unleased(
      `out=$(echo 'SELECT @@GLOBAL.gtid_executed' | ${kit.mysql} --raw | tr -d ' \\n') && echo "@prepared_gtid=$out"`,
      10_000,
      { outputs: ['prepared_gtid'] },
    ),
    danger: 'none',
    usualMs: 15,
  };
}

export function caughtUp(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'caught-up',
    title: 'The standby has caught up',
    host: kit.target,
    why: 'What it still has to apply would be waited for during the outage.',
    phase: 'prepare',
    needs,
    shown: [`SELECT WAIT_FOR_EXECUTED_GTID_SET('<what ${kit.source} had>', 20);`],
    act: unleased(
      `${onlyGtids('prepared_gtid')}; out=$(echo "SELECT WAIT_FOR_EXECUTED_GTID_SET('$prepared_gtid', 20)" | ${kit.mysql}); [ "$out" = 0 ] || { echo "not applied within 20 s: $prepared_gtid" >&2; exit 1; }`,
      30_000,
      { inputs: ['prepared_gtid'] },
    ),
    danger: 'none',
    usualMs: 15,
  };
}

/**
 * Starting a client takes as long as three of its statements: it is done before the outage.
 * @param questions which the outage has for this host
 */
export function clientsReady(kit: StepKit, host: string, questions: number, needs: readonly string[]): Step {
  return {
    id: `clients-ready-${host}`,
    title: 'Start MySQL clients for the switch',
    host,
    why: 'Each waits for one question of the outage on this host, and ends unasked after a minute.',
    phase: 'prepare',
    needs,
    shown: [shownHelper(`mysql ready ${questions}`)],
    // Without them a new client is started when one is needed.
    act: leased(`${kit.helper} mysql ready ${questions} || true`, 10_000),
    noUndo: 'they end by themselves',
    danger: 'none',
    usualMs: 15,
  };
}

/** The write outage begins here. */
export function databaseClose(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'database-close',
    title: 'Close the old primary for writing',
    host: kit.source,
    why: 'Nothing can be acknowledged any more that the new primary would not have. Its last position is read in the same breath.',
    phase: 'outage',
    needs,
    shown: [
      shownHelper('mysql close'),
      '# SET SESSION lock_wait_timeout = 2; SET GLOBAL super_read_only = ON;',
      '# if a lock stands in the way: clients are killed, and if that fails mysqld is stopped',
    ],
    act: leased(`${kit.helper} mysql close`, 20_000, { outputs: ['final_gtid'] }),
    verify: leased(
      `out=$(echo "SELECT @@GLOBAL.super_read_only, REPLACE(@@GLOBAL.gtid_executed, CHAR(10), '')" | ${kit.mysql} --raw) || exit 2; set -- $out; [ "$1" = 1 ] && echo "@final_gtid=\${2-}"`,
      5_000,
      { outputs: ['final_gtid'] },
    ),
    undo: {
      shown: [shownHelper('mysql open EPOCH')],
      script: leased(`${CURRENT_EPOCH}; ${kit.helper} mysql open "$epoch"`, 20_000),
      // As long as the new primary's record stands, its guard may open it: this host must not open beside it.
      ...undoneFirst(kit, ['role-new']),
      effect: `MySQL on ${kit.source} accepts writes again`,
    },
    danger: 'interrupts',
    usualMs: 20,
  };
}

/** Both subtractions empty: the two servers hold exactly the same transactions. */
export function databaseDrain(kit: StepKit, needs: readonly string[]): Step {
  const question = `SELECT WAIT_FOR_EXECUTED_GTID_SET('$final_gtid', 10), GTID_SUBTRACT('$final_gtid', @@GLOBAL.gtid_executed) = '', GTID_SUBTRACT(@@GLOBAL.gtid_executed, '$final_gtid') = ''`;
  return {
    id: 'database-drain',
    title: 'Both servers hold exactly the same transactions',
    host: kit.target,
    why: 'Not one acknowledged transaction may be missing, and none may be there that the old primary lacks.',
    phase: 'outage',
    needs,
    shown: [
      `SELECT WAIT_FOR_EXECUTED_GTID_SET('<last of ${kit.source}>', 10);`,
      `SELECT GTID_SUBTRACT('<last of ${kit.source}>', @@GLOBAL.gtid_executed) = '';`,
      `SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, '<last of ${kit.source}>') = '';`,
    ],
    act: leased(
      `${onlyGtids('final_gtid')}; out=$(${kit.helper} mysql ask 12 "${question}") || exit 1; set -- $out; case "$*" in '0 1 1') ;; 1*) echo "${kit.target} has not applied everything within 10 s" >&2; exit 1;; *) echo "the transactions differ: wait, missing, surplus = $*" >&2; exit 1;; esac`,
      30_000,
      { inputs: ['final_gtid'] },
    ),
    noUndo: 'it only asks',
    danger: 'none',
    usualMs: 15,
  };
}

/** The point of no return. */
export function open(kit: StepKit, needs: readonly string[]): Step {
  const epoch = kit.context.method === 'role-flag' ? kit.context.epochs.next : 0;
  return {
    id: 'open',
    title: `Open ${kit.target} for writing`,
    host: kit.target,
    why: 'Everything above has joined: same transactions, records committed, VIP and files there. From here on only forward, or by a planned switch back.',
    phase: 'open',
    needs,
    shown: [
      shownHelper(`mysql open ${epoch}`),
      '# SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF; then an INSERT that is rolled back',
    ],
    act: leased(`${kit.helper} mysql open ${epoch}`, 20_000),
    verify: leased(targetOpened(kit), 10_000, { inputs: ['final_gtid'] }),
    danger: 'irreversible',
    usualMs: 25,
  };
}
