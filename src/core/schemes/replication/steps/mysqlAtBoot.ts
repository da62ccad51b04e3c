import { shellQuote } from '../../../quote';
import type { Step } from '../../../plan/plan';
import { controllerNamed } from '../operation/context';
import { pathsOf } from '../paths';
import { leased, type StepKit } from './kit';

/** On the disk, as it counts behind a boot: documented hosts have no other state that outlives one. */
const MARK = '/var/lib/clustercontrol-ha/mysql-disabled';

/** The unit of a host's MySQL, as a shell word. */
export function mysqlUnitOf({ context }: StepKit, host: string): string {
  return shellQuote(pathsOf(controllerNamed(context.site, host).os).mysqlUnit);
}

/**
 * Documented hosts, where nothing could be persisted as MySQL does not answer: its next start would be writable, so there is
 * none with a boot, nor by systemd after a crash. Notes that it was this product, so that a reopening enables it again. A power
 * cut in the next seconds would bring the unit's link back (measured): it is synced.
 */
export function notAtBoot(kit: StepKit, host: string): string {
  const unit = mysqlUnitOf(kit, host);
  return [
    `if [ "$(systemctl is-enabled ${unit} 2>/dev/null)" = enabled ]; then { mkdir -p ${MARK.slice(0, MARK.lastIndexOf('/'))} && true >${MARK}; } 2>/dev/null; systemctl disable --quiet ${unit}; timeout 5 sync; fi`,
    `pgrep -x 'mysqld|mariadbd' >/dev/null || timeout 5 systemctl stop --no-block ${unit}`,
  ].join('\n');
}

/** Documented hosts: takes back what closing had to do, where it had to. */
export function atBootAgain(kit: StepKit, host: string, needs: readonly string[]): Step {
  const unit = mysqlUnitOf(kit, host);
  return {
    id: 'mysql-at-boot',
    title: `MySQL of ${host} starts with a boot again`,
    host,
    why: 'Where it did not answer when the host was closed, its unit was disabled: nothing else kept it from coming up writable.',
    phase: 'after',
    needs,
    shown: [`[ ! -e ${MARK} ] || systemctl enable ${unit}`],
    act: leased(
      `[ ! -e ${MARK} ] || { systemctl enable --quiet ${unit} && timeout 5 sync && rm -f ${MARK}; }`,
      20_000,
    ),
    optional: true,
    danger: 'none',
    usualMs: 10,
  };
}
