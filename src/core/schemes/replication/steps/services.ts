import { type Step } from '../../../plan/plan';
import { leased, noProcess, reopened, shownHelper, type StepKit, unleased, whereActive } from './kit';

/** Old primary: cron quiet, six units kept from starting for this boot, stopped with a bound, no process left. */
export function servicesStop(kit: StepKit, needs: readonly string[]): Step {
  const units = kit.context.site.services.join(' ');
  return {
    id: 'services-stop',
    title: 'Stop the ClusterControl services',
    host: kit.source,
    why: 'Two controllers at work would repair the same clusters against each other. Users lose the management interface from here on.',
    phase: 'outage',
    needs,
    shown: [
      shownHelper('units stop'),
      `# quiets /etc/cron.d/cmon*; a condition in /run keeps ${units} from starting until the next boot`,
      `# systemctl stop ${units}; what is left after 10 s is killed`,
    ],
    act: leased(`${kit.helper} units stop`, 40_000),
    verify: unleased(noProcess('cmon'), 5_000),
    undo: {
      shown: [shownHelper('units start')],
      script: leased(
        `${kit.helper} units unmask && ${whereActive(kit, `${kit.helper} units start`)}`,
        60_000,
      ),
      requires: ['database-close'],
      effect: `ClusterControl runs on ${kit.source} again`,
    },
    danger: 'interrupts',
    usualMs: 40,
  };
}

/** New primary: after VIP and SNAT stand, or cmon would talk to the database nodes from the wrong address. */
export function servicesStart(kit: StepKit, needs: readonly string[]): Step {
  const units = kit.context.site.services.join(' ');
  const { shown, ...mend } = reopened(kit);
  return {
    id: 'services-start',
    title: 'Start the ClusterControl services',
    host: kit.target,
    why: 'The management interface comes back, on the new primary.',
    phase: 'after',
    needs,
    shown: [
      shownHelper('units start'),
      `# systemctl start ${units}; cmon must be active, others that are not are named`,
      ...shown,
    ],
    ...mend,
    // It takes the mask off itself.
    act: leased(`${kit.helper} units start`, 60_000),
    verify: unleased('systemctl is-active --quiet cmon || exit 1', 5_000),
    danger: 'interrupts',
    usualMs: 50,
  };
}

export function ping(kit: StepKit, needs: readonly string[]): Step {
  const command = 's9s cluster --ping --cluster-id=0';
  const { shown, ...mend } = reopened(kit);
  const closed = `[ "$(echo 'SELECT @@GLOBAL.super_read_only' | ${kit.mysql} 2>/dev/null)" = 1 ]`;
  return {
    id: 'ping',
    title: 'ClusterControl answers',
    host: kit.target,
    why: 'Only the word Ok and exit code 0 count: s9s prints PING for any status.',
    phase: 'after',
    needs,
    shown: [command, '# and once a second: SELECT @@GLOBAL.super_read_only;', ...shown],
    ...mend,
    act: unleased(
      [
        `for try in $(seq 300); do`,
        `  out=$(${command} 2>&1) && case $out in *[Oo][Kk]*) echo "$out"; exit 0;; esac`,
        `  [ $((try % 10)) -ne 0 ] || ! ${closed} || { echo 'MySQL is closed for writing again' >&2; exit 1; }`,
        `  sleep 0.1`,
        `done`,
        `echo "$out" >&2; exit 1`,
      ].join('\n'),
      45_000,
    ),
    danger: 'none',
    usualMs: 80,
  };
}

/** The mask was for the switch only: from here on the role's condition keeps the units of the old primary down. */
export function servicesUnmask(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'services-unmask',
    title: 'Unmask the services of the new standby',
    host: kit.source,
    why: 'The mask kept them down during the switch. The next promotion must find them startable.',
    phase: 'after',
    needs,
    shown: [shownHelper('units unmask')],
    act: leased(`${kit.helper} units unmask`, 20_000),
    danger: 'none',
    usualMs: 60,
  };
}
