import type { Step } from '../../../plan/plan';
import { closeHeld, leased, noProcess, shownHelper, type StepKit, unleased } from '../steps/kit';
import { mysqlUnitOf, notAtBoot } from '../steps/mysqlAtBoot';
import { REMNANTS_SHOWN, remnants } from '../steps/remnants';
import { letGo, shownLetGo } from '../steps/vipKeepalived';

const HOLD = '/var/lib/clustercontrol-ha/hold';
const FLAG = '/run/clustercontrol-ha/active';
const PERSIST = 'SET PERSIST super_read_only = ON';
const PERSISTED = `SELECT COUNT(*) FROM performance_schema.persisted_variables WHERE VARIABLE_NAME = 'super_read_only' AND VARIABLE_VALUE = 'ON'`;

interface Way {
  readonly shown: readonly string[];
  readonly script: string;
  /** Exit 0 where the first and surest part of it stands: from there nothing is taken back. */
  readonly begun: string;
}

function byFlag(kit: StepKit): Way {
  const { helper } = kit;
  return {
    shown: [
      shownHelper('close --hold'),
      '# drops the flag: keepalived gives the address up; SET GLOBAL super_read_only = ON;',
      '# if a lock stands in the way clients are killed, and if that fails mysqld is stopped',
      '# kills the ClusterControl services and lsyncd; its guard keeps all of it closed, also after a boot',
    ],
    // A disk without room takes no hold: closed now is better than not at all, and the next step says what is missing.
    script: `${closeHeld(kit)} || { ${helper} close; exit 1; }`,
    begun: `[ ! -e ${FLAG} ]`,
  };
}

/** Nothing keeps documented hosts to a role: the database is closed for its next start, too, the rest for this boot. */
function byKeepalived(kit: StepKit): Way {
  const unit = mysqlUnitOf(kit, kit.source);
  return {
    shown: [
      shownHelper('mysql close'),
      `${PERSIST};`,
      `# where MySQL does not answer: systemctl disable ${unit}, as its next start would be writable`,
      ...shownLetGo(kit, kit.context.source),
      shownHelper('units stop'),
      shownHelper('close'),
    ],
    script: [
      `${kit.helper} mysql close >/dev/null; echo '${PERSIST}' | timeout 10 ${kit.mysql} || {
${notAtBoot(kit, kit.source)}
}`,
      letGo(kit, kit.context.source),
      `${kit.helper} units stop`,
      `${kit.helper} close || ${kit.helper} close`,
    ].join('\n'),
    begun: `! systemctl is-active --quiet keepalived`,
  };
}

/**
 * All of it, whatever fails on the way. It is never taken back because a part of it failed: an emergency stop that reopens
 * by itself would be none.
 */
function closeStep(kit: StepKit, { shown, script, begun }: Way): Step {
  return {
    id: 'close',
    title: `Close ${kit.source}`,
    host: kit.source,
    why: 'Virtual IP, MySQL, ClusterControl and lsyncd, in this order. Each part has its time limit, and none waits for another to succeed.',
    phase: 'open',
    needs: [],
    shown,
    act: leased(script, 90_000),
    verify: leased(`${begun} || exit 1`, 10_000),
    danger: 'irreversible',
    usualMs: 400,
  };
}

function held(kit: StepKit): Step {
  return {
    id: 'held',
    title: `${kit.source} stays closed, also after a boot`,
    host: kit.source,
    why: 'The hold is on its disk. Its guard opens nothing as long as it is there.',
    phase: 'after',
    needs: ['close'],
    shown: [`[ -e ${HOLD} ] || ${shownHelper('close --hold')}`],
    act: leased(`[ -e ${HOLD} ] || ${kit.helper} close --hold`, 60_000),
    danger: 'none',
    usualMs: 10,
  };
}

/** Adds to `$bad` where a boot would bring a documented host's MySQL up writable; `unknown` is not `closed`. */
function nextStart(kit: StepKit): string[] {
  const unit = mysqlUnitOf(kit, kit.source);
  const start = `systemctl start ${unit} && mysql -e '${PERSIST}'`;
  return [
    `kept=$(echo "${PERSISTED}" | timeout 5 ${kit.mysql} 2>/dev/null)`,
    `[ "$kept" = 1 ] || case $(systemctl is-enabled ${unit} 2>/dev/null) in`,
    `  disabled|masked*) echo "super_read_only is not persisted, and ${unit} is kept from starting with a boot instead. Its next start is WRITABLE: ${start}" ;;`,
    `  *) bad="$bad; MySQL's next start is WRITABLE: super_read_only is not known to be persisted. Keep it from starting: systemctl disable ${unit}" ;;`,
    `esac`,
  ];
}

function look(kit: StepKit, way: Way, needs: readonly string[]): Step {
  const roleFlag = kit.context.method === 'role-flag';
  const mend = roleFlag ? `${kit.helper} close` : way.script;
  return {
    id: 'look-closed',
    title: `${kit.source} is closed in every respect`,
    host: kit.source,
    why: 'Read-only or not running, without the address and its rewriting, no cmon, no lsyncd.',
    phase: 'after',
    needs,
    shown: [
      ...REMNANTS_SHOWN,
      ...(roleFlag ? [] : [`${PERSISTED};`, `systemctl is-enabled ${mysqlUnitOf(kit, kit.source)}`]),
      `# before it is tried again: ${roleFlag ? shownHelper('close') : 'all of the first step'}`,
    ],
    mend: leased(mend, 60_000),
    act: unleased(
      [
        `bad=`,
        `out=$(echo 'SELECT @@GLOBAL.super_read_only' | timeout 5 ${kit.mysql} 2>/dev/null)`,
        `case $out in`,
        `  1) ;;`,
        `  0) bad="$bad; MySQL is writable" ;;`,
        `  *) ${noProcess('mysqld|mariadbd')} || bad="$bad; MySQL runs and does not answer: it may take writes" ;;`,
        `esac`,
        ...(roleFlag ? [] : nextStart(kit)),
        ...remnants(kit),
        `[ -z "$bad" ] || { echo "\${bad#; }. If it stays so, switch ${kit.source} off" >&2; exit 1; }`,
      ].join('\n'),
      20_000,
    ),
    danger: 'none',
    usualMs: 40,
  };
}

export function closeSteps(kit: StepKit): Step[] {
  if (kit.context.method === 'role-flag') {
    const way = byFlag(kit);
    return [closeStep(kit, way), held(kit), look(kit, way, ['close'])];
  }
  const way = byKeepalived(kit);
  return [closeStep(kit, way), look(kit, way, ['close'])];
}
