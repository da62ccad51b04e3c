import type { Step } from '../../../../plan/plan';
import { shellQuote } from '../../../../quote';
import { leased, shownHelper } from '../../steps/kit';
import { createCloneUser, createReplicationUser } from '../../sql/accounts';
import { seriesFor, seriesOf } from '../../sql/version';
import { pathsOf } from '../../paths';
import type { ReplicationController } from '../../site';
import { forward, type SetupKit } from './kit';

/** A server that reads the rendered options says so. Its id tells that it was really this file. */
function configured(kit: SetupKit, serverId: number): string {
  return `[ "$(echo "SELECT CONCAT_WS(' ', @@server_id, @@gtid_mode, @@log_bin, @@enforce_gtid_consistency, (SELECT PLUGIN_STATUS FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'clone'))" | ${kit.mysql} 2>/dev/null)" = '${serverId} ON 1 ON ACTIVE' ]`;
}

/** Restarted only where it doesn't run with its options yet. */
export function mysqlStart(kit: SetupKit, controller: ReplicationController, needs: readonly string[]): Step {
  const { name, os, serverId } = controller;
  const unit = shellQuote(pathsOf(os).mysqlUnit);
  return forward({
    id: `mysql-${name}`,
    title: 'MySQL runs with its options',
    host: name,
    why: 'Binary log, GTID and CLONE need a start. It starts closed: a role opens it.',
    needs,
    shown: [`systemctl restart ${pathsOf(os).mysqlUnit}`, 'SELECT @@server_id, @@gtid_mode, @@log_bin;'],
    act: leased(
      `${configured(kit, serverId)} && exit 0
systemctl restart ${unit} || { journalctl -u ${unit} -n 5 --no-pager -o cat >&2; exit 1; }
for _ in $(seq 600); do ${configured(kit, serverId)} && exit 0; sleep 0.1; done
echo 'MySQL does not run with the rendered options: its error log says why, or another file overrides them' >&2; exit 1`,
      150_000,
      { unlocked: true },
    ),
    verify: leased(`${configured(kit, serverId)} || exit 1`, 10_000),
    danger: 'interrupts',
    usualMs: 3_000,
  });
}

/** A role that is on the disk is what opens a host, now and after each boot. */
export function rolePrimary(kit: SetupKit, needs: readonly string[]): Step {
  const call = `role write ${kit.epoch} primary ${kit.primary}`;
  return forward({
    id: 'role-primary',
    title: `${kit.primary} is the primary of epoch ${kit.epoch}, on its disk`,
    host: kit.primary,
    why: 'Nothing opens without it.',
    needs,
    shown: [shownHelper(call)],
    act: leased(`${kit.helper} ${call}`, 10_000),
    usualMs: 20,
  });
}

/** The third opinion, without which an isolated primary could not know. */
export function roleWitness(kit: SetupKit, needs: readonly string[]): Step {
  const call = `witness commit ${kit.epoch} ${kit.primary}`;
  return forward({
    id: 'role-witness',
    title: `${kit.witness} bears witness`,
    host: kit.witness,
    why: 'The third opinion: a primary that neither peer nor witness confirms closes itself.',
    needs,
    shown: [shownHelper(call)],
    act: { script: `${kit.helper} ${call}`, timeoutMs: 10_000, leased: false },
    usualMs: 20,
  });
}

/** The standby is closed before: at no time two take writes. */
export function open(kit: SetupKit, needs: readonly string[]): Step {
  const call = `mysql open ${kit.epoch}`;
  return forward({
    id: 'open',
    title: `Open ${kit.primary} for writing`,
    host: kit.primary,
    why: `${kit.standby} is closed by now. The helper refuses without the role record.`,
    needs,
    shown: [shownHelper(call)],
    act: leased(`${kit.helper} ${call}`, 20_000),
    verify: leased(
      `out=$(echo 'SELECT @@GLOBAL.super_read_only + @@GLOBAL.read_only' | ${kit.mysql}) || exit 2; [ "$out" = 0 ]`,
      5_000,
    ),
    danger: 'interrupts',
    usualMs: 40,
  });
}

/** Statements that may be run twice; passwords come by standard input, where no log and no process list sees them. */
export function accounts(kit: SetupKit, needs: readonly string[]): Step {
  const { site, facts, primary } = kit.context;
  const version = facts[primary.name]?.mysqld;
  const series = (version === undefined ? undefined : seriesOf(version)) ?? seriesFor(site);
  const statements = [createReplicationUser(site, series), createCloneUser(site)];
  return forward({
    id: 'accounts',
    title: 'Accounts for replication and CLONE',
    host: kit.primary,
    why: 'They reach the standby by the copy. An account that is there already gets the password of the inventory.',
    needs,
    shown: statements.map(({ shown }) => shown),
    act: leased(kit.mysql, 20_000, { stdin: `${statements.map(({ sent }) => sent).join('\n')}\n` }),
    usualMs: 40,
  });
}
