import type { Step } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import { leased, type StepKit } from '../steps/kit';
import { type Account, addPassword, channelPassword, discardOld, takeBack, twoPasswords } from './accounts';
import type { RotateContext } from './context';

/** Whether an account has two passwords: exit 0 yes, 1 no, 2 can't be told. */
function hasTwo(kit: StepKit, account: Account, wanted: '0' | '1'): string {
  return `out=$(echo ${shellQuote(twoPasswords(account))} | ${kit.mysql}) || exit 2; [ "$out" = ${wanted} ] || exit 1`;
}

/** Run twice it would retain the new password as the old one: it looks first. */
function add(kit: StepKit, account: Account): Step {
  const { sent, shown } = addPassword(account);
  const back = takeBack(account);
  return {
    id: `add-${account.id}`,
    title: `A second password for ${account.user}`,
    host: kit.source,
    why: 'Both count from here on: who is connected stays, who connects may use either.',
    phase: 'prepare',
    needs: [],
    shown: [shown],
    act: leased(`( ${hasTwo(kit, account, '1')} ) && exit 0; ${kit.mysql}`, 20_000, { stdin: `${sent}\n` }),
    verify: leased(hasTwo(kit, account, '1'), 5_000),
    undo: {
      shown: [back.shown],
      script: leased(`( ${hasTwo(kit, account, '0')} ) && exit 0; ${kit.mysql}`, 20_000, {
        stdin: `${back.sent}\n`,
      }),
      effect: `${account.user} has its old password alone`,
    },
    danger: 'none',
    usualMs: 30,
  };
}

/** As the account will log in: from the standby, over the network, with the new password. It has reached the standby, too. */
function tryIt(kit: StepKit, account: Account): Step {
  const { source, site } = kit.context;
  return {
    id: `try-${account.id}`,
    title: `${account.user} logs in with the new password`,
    host: kit.target,
    why: 'Tried from where it will be used, before anything depends on it.',
    phase: 'prepare',
    needs: [`add-${account.id}`],
    shown: [`mysql --host=${source.address} --user=${account.user}   # with the new password`],
    act: leased(
      // The password comes by standard input and goes on by the environment: it stands in no argument list.
      `IFS= read -r MYSQL_PWD; export MYSQL_PWD; out=$(mysql --no-defaults --protocol=tcp --connect-timeout=5 --get-server-public-key --host=${shellQuote(source.address)} --port=${site.mysql.port} --user=${shellQuote(account.user)} --batch --skip-column-names -e 'SELECT 1') && [ "$out" = 1 ]`,
      15_000,
      { stdin: `{{secret-text:${account.next}}}\n` },
    ),
    noUndo: 'it only looks',
    danger: 'none',
    usualMs: 60,
  };
}

const FLOWS = `SELECT COUNT(*) FROM performance_schema.replication_connection_status WHERE SERVICE_STATE = 'ON' AND LAST_ERROR_NUMBER = 0 AND GREATEST(LAST_HEARTBEAT_TIMESTAMP, LAST_QUEUED_TRANSACTION_END_QUEUE_TIMESTAMP) > NOW(6) - INTERVAL 5 SECOND`;

function channel(kit: StepKit, account: Account, needs: readonly string[]): Step {
  const there = channelPassword(account.next);
  const back = channelPassword(account.secret);
  const wait = `for _ in $(seq 150); do [ "$(echo ${shellQuote(FLOWS)} | ${kit.mysql})" = 1 ] && exit 0; sleep 0.1; done; echo 'nothing is received with the new password: SHOW REPLICA STATUS says why' >&2; exit 1`;
  return {
    id: 'channel',
    title: 'The standby reconnects with the new password',
    host: kit.target,
    why: 'Its receiving thread alone: applying goes on meanwhile, and nothing is skipped.',
    phase: 'prepare',
    needs,
    shown: [there.shown],
    act: leased(`${kit.mysql} || exit 1\n${wait}`, 40_000, { stdin: `${there.sent}\n` }),
    undo: {
      shown: [back.shown],
      script: leased(kit.mysql, 30_000, { stdin: `${back.sent}\n` }),
      effect: `${kit.target} replicates with the old password`,
    },
    danger: 'none',
    usualMs: 700,
  };
}

/** The point of no return, of all accounts at once: afterwards the old passwords open nothing. */
function discard(kit: StepKit, accounts: readonly Account[], needs: readonly string[]): Step {
  const all = accounts.map(discardOld);
  return {
    id: 'discard',
    title: 'The old passwords count no longer',
    host: kit.source,
    why: 'Everything that logs in with the new one was seen to work.',
    phase: 'open',
    needs,
    shown: all.map(({ shown }) => shown),
    act: leased(kit.mysql, 20_000, { stdin: `${all.map(({ sent }) => sent).join('\n')}\n` }),
    verify: leased(
      accounts.map((account) => `( ${hasTwo(kit, account, '0')} ) || exit $?`).join('\n'),
      5_000,
    ),
    danger: 'irreversible',
    usualMs: 30,
  };
}

function look(kit: StepKit): Step {
  return {
    id: 'look',
    title: 'The standby still receives',
    host: kit.target,
    why: 'A last look with the new password alone.',
    phase: 'after',
    needs: ['discard'],
    shown: ['SHOW REPLICA STATUS'],
    act: leased(
      `for _ in $(seq 100); do [ "$(echo ${shellQuote(FLOWS)} | ${kit.mysql})" = 1 ] && exit 0; sleep 0.1; done; echo 'replication does not receive' >&2; exit 1`,
      20_000,
    ),
    danger: 'none',
    usualMs: 60,
  };
}

/** Two passwords for a while: added, tried, used, and only then the old one goes. */
export function rotateSteps({ accounts }: RotateContext, kit: StepKit): Step[] {
  const before = accounts.flatMap((account) => [add(kit, account), tryIt(kit, account)]);
  const tried = accounts.map(({ id }) => `try-${id}`);
  const replication = accounts.find(({ id }) => id === 'replication');
  const used = replication === undefined ? [] : [channel(kit, replication, tried)];
  const needs = [...before, ...used].map(({ id }) => id);
  return [...before, ...used, discard(kit, accounts, needs), look(kit)];
}
