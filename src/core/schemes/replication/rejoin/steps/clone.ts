import type { Step } from '../../../../plan/plan';
import { shellQuote, sqlQuote } from '../../../../quote';
import { leased, shownHelper } from '../../steps/kit';
import { cloneStatement } from '../statements';
import type { RejoinKit } from './kit';

/** Hours: a copy takes as long as it takes, and its end is asked for every 20 s. */
const COPY_LIMIT_MS = 12 * 3_600_000;

/** On the host, as whoever resumes on another machine has to ask by it, too: the moment from which a CLONE counts. */
function momentFile(kit: RejoinKit): string {
  return shellQuote(`${kit.context.keptFolder}/clone-after`);
}

/**
 * A donor serves one CLONE at a time, and goes on waiting for a recipient that was cut off or lost its power (measured: for
 * minutes, ERROR 3634). This host runs none: what its connections wait for on the donor will not come.
 */
export function freeDonor(kit: RejoinKit): Step {
  const { name, address } = kit.context.host;
  const from = [name, address].map(sqlQuote).join(', ');
  const left = `SELECT ID FROM performance_schema.processlist WHERE COMMAND = 'Clone' AND (SUBSTRING_INDEX(HOST, ':', 1) IN (${from}) OR HOST LIKE ${sqlQuote(`${name}.%`)})`;
  return {
    id: 'donor-free',
    title: 'No CLONE that broke off occupies the donor',
    host: kit.primary,
    why: `A donor serves one CLONE at a time. Connections of ${kit.host} that an earlier one left are ended.`,
    phase: 'prepare',
    needs: ['same-transactions'],
    shown: [`${left};`, 'KILL <each of them>;   # mostly none'],
    act: leased(
      [
        `IFS= read -r left`,
        `for _ in $(seq 50); do`,
        `  ids=$(echo "$left" | ${kit.mysql}) || exit 1`,
        `  [ -n "$ids" ] || exit 0`,
        `  for id in $ids; do echo "KILL $id" | ${kit.mysql} 2>/dev/null; done`,
        `  sleep 0.2`,
        `done`,
        `echo "connections $ids of a CLONE that broke off do not end on ${kit.primary}: wait until they are gone, then begin again; nothing was lost" >&2; exit 1`,
      ].join('\n'),
      20_000,
      { stdin: `${left}\n` },
    ),
    noUndo: 'nobody waits at the other end of these connections',
    danger: 'none',
    usualMs: 20,
  };
}

/**
 * super_read_only stops a CLONE at its first drop and nowhere before (measured, 9.7): password, donor, versions and
 * settings are proven while nothing has been touched.
 */
export function rehearseClone(kit: RejoinKit, needs: readonly string[]): Step {
  const clone = cloneStatement(kit.context);
  return {
    id: 'clone-rehearsal',
    title: 'Rehearse the CLONE',
    host: kit.host,
    why: 'As long as MySQL is closed a CLONE ends with error 1290 before its first drop. Any other error would have come before.',
    phase: 'prepare',
    needs,
    shown: [shownHelper('clone try'), `# ${clone.shown} must end with error 1290`],
    act: leased(
      `out=$(${kit.helper} clone try) || exit
moment=$(echo "$out" | sed -n 's/^@clone_after=//p')
mkdir -p ${shellQuote(kit.context.keptFolder)} && echo "$moment" >${momentFile(kit)}.new && sync ${momentFile(kit)}.new && mv -f ${momentFile(kit)}.new ${momentFile(kit)}`,
      90_000,
      { stdin: `${clone.sent}\n` },
    ),
    noUndo: 'it changes nothing',
    danger: 'none',
    usualMs: 130,
  };
}

/** The point of no return: the data of this host is dropped. */
export function beginClone(kit: RejoinKit): Step {
  const clone = cloneStatement(kit.context);
  return {
    id: 'clone',
    title: `Replace the data of ${kit.host} by a CLONE of ${kit.primary}`,
    host: kit.host,
    why: 'Its own databases are dropped here. From now on only forward: until the copy is whole, nothing opens this host.',
    phase: 'open',
    needs: ['clone-rehearsal'],
    shown: [
      shownHelper('clone begin'),
      `SET GLOBAL super_read_only = OFF, GLOBAL read_only = ON; ${clone.shown}`,
      '# super_read_only = ON again once the old data is dropped; the copy needs nothing else',
    ],
    act: leased(`${kit.helper} clone begin`, 300_000, { stdin: `${clone.sent}\n` }),
    // Without a rehearsal none has begun.
    verify: leased(
      `[ -e ${momentFile(kit)} ] || exit 1; ${kit.helper} clone begun "$(cat ${momentFile(kit)})"`,
      20_000,
    ),
    danger: 'irreversible',
    usualMs: 200,
  };
}

/** Waits for the copy; one that broke off is begun again, now and at each resume. */
export function finishClone(kit: RejoinKit): Step {
  const clone = cloneStatement(kit.context);
  const wait = (seconds: number): string => `${kit.helper} clone wait "$(cat ${momentFile(kit)})" ${seconds}`;
  return {
    id: 'clone-complete',
    title: 'The copy is whole',
    host: kit.host,
    why: 'MySQL ends itself and starts with the copy, closed. Only the server that came back says whether it is complete.',
    phase: 'after',
    needs: ['clone'],
    shown: [
      shownHelper('clone wait MOMENT 20'),
      'SELECT STATE, ERROR_MESSAGE FROM performance_schema.clone_status;  # on new connections, until Completed',
    ],
    act: leased(
      `IFS= read -r statement; again=0 down=0
while :; do
  ${wait(20)}
  case $? in
    0) exit 0 ;;
    1) [ $again -eq 0 ] || exit 1; again=1; printf '%s\\n' "$statement" | ${kit.helper} clone begin || exit 1 ;;
    64 | 75 | 76 | 77) exit $? ;;
    *) if pgrep -x mysqld >/dev/null; then down=0; else down=$((down + 1)); fi
      [ $down -lt 6 ] || { echo 'mysqld does not come back after the CLONE; its log says why' >&2; exit 1; } ;;
  esac
done`,
      COPY_LIMIT_MS,
      { stdin: `${clone.sent}\n`, unlocked: true },
    ),
    // 124, not yet, is no answer either way.
    verify: leased(wait(1), 20_000),
    danger: 'none',
    usualMs: 5_000,
  };
}
