import type { Step } from '../../../../plan/plan';
import { pathsOf } from '../../paths';
import { close, forgetPersisted } from '../../sql/readOnly';
import { leased, sqlIs, type StepKit } from '../../steps/kit';

const PERSISTED_OFF = `SELECT COUNT(*) FROM performance_schema.persisted_variables WHERE VARIABLE_NAME IN ('read_only', 'super_read_only') AND VARIABLE_VALUE IN ('OFF', '0')`;

/** mysqld-auto.cnf wins over the option file: an OFF in it would open the host at its next boot. An ON may stay. */
function forgetOff(kit: StepKit): string {
  return `off=$(echo "${PERSISTED_OFF}" | ${kit.mysql}) || exit 1
[ "$off" = 0 ] || echo '${forgetPersisted().sent.replaceAll('\n', ' ')}' | ${kit.mysql} || exit 1`;
}

export function bootsClosedPrimary(kit: StepKit, needs: readonly string[]): Step {
  return {
    id: 'persisted-primary',
    title: 'Nothing tells MySQL of the primary to start writable',
    host: kit.source,
    why: 'It stays writable now. After a boot it is opened by the guard, once another host confirms its role.',
    phase: 'prepare',
    needs,
    shown: [...forgetPersisted().shown.split('\n'), '-- where one of them is persisted OFF'],
    act: leased(forgetOff(kit), 15_000),
    noUndo: 'a server without its option starts writable anyway',
    danger: 'none',
    usualMs: 20,
  };
}

/** Its undo is what comes after the old option file is back: that one closes nothing. */
export function closedStandby(kit: StepKit, needs: readonly string[]): Step {
  const unit = pathsOf(kit.context.target.os).mysqlUnit;
  const shut = `echo '${close(2).sent.replaceAll('\n', ' ')}' | ${kit.mysql}`;
  return {
    id: 'closed-standby',
    title: 'MySQL of the standby is closed',
    host: kit.target,
    why: 'By what runs now, and by nothing that was persisted.',
    phase: 'prepare',
    needs,
    shown: [...close(2).shown.split('\n'), ...forgetPersisted().shown.split('\n')],
    act: leased(`${shut} || exit 1\n${forgetOff(kit)}`, 20_000),
    undo: {
      shown: [`systemctl start ${unit}   # where it does not run`, close(2).shown.split('\n').at(-1) ?? ''],
      script: leased(
        `systemctl is-active --quiet ${unit} || systemctl start ${unit} || exit 1
for _ in $(seq 300); do ${shut} 2>/dev/null && exit 0; sleep 0.1; done
echo 'MySQL does not answer' >&2; exit 1`,
        90_000,
        { unlocked: true },
      ),
      effect: `MySQL of ${kit.target} runs, closed`,
    },
    danger: 'none',
    usualMs: 30,
  };
}

/** `--validate-config` is necessary, not sufficient (measured): the standby shows what the primary will meet. */
export function restartStandby(kit: StepKit, needs: readonly string[]): Step {
  const unit = pathsOf(kit.context.target.os).mysqlUnit;
  const boots = '@@GLOBAL.super_read_only + @@GLOBAL.relay_log_recovery';
  const running = `(SELECT COUNT(*) FROM performance_schema.replication_connection_status WHERE SERVICE_STATE = 'ON') + (SELECT COUNT(*) FROM performance_schema.replication_applier_status WHERE SERVICE_STATE = 'ON')`;
  return {
    id: 'mysql-restart',
    title: 'MySQL of the standby starts with its new options, closed',
    host: kit.target,
    why: 'The proof that it does. Users notice nothing; for some seconds the standby lags. MySQL of the primary is not restarted.',
    phase: 'prepare',
    needs,
    shown: [`systemctl restart ${unit}`, 'SELECT @@GLOBAL.super_read_only   -- 1', 'SHOW REPLICA STATUS'],
    act: leased(
      `systemctl restart ${unit} || exit 1
for _ in $(seq 1200); do
  out=$(echo "SELECT ${boots}, ${running}" | ${kit.mysql} 2>/dev/null | tr '\\t' ' ') && [ "$out" = '2 2' ] && exit 0
  sleep 0.1
done
echo "MySQL is not back as it should be (closed and replicating): \${out:-no answer}" >&2; exit 1`,
      180_000,
      { unlocked: true },
    ),
    verify: leased(`${sqlIs(kit, boots, '2')} || exit 1`, 15_000),
    noUndo: 'the server stays closed, and reads its old options at its next start',
    danger: 'none',
    usualMs: 3_500,
  };
}
