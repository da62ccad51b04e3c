import assert from 'node:assert/strict';
import type { CheckResult, Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { sql, waitForMysql } from '../documented/mysql';
import { helperStatus } from '../hardened/look';
import type { Lab } from '../lab';
import { type Product, runText } from '../promote/product';
import { isPrimary, isStandby, waitForRoles } from '../promote/roles';
import { butLost, judgedText } from '../referee/judge/judged';
import type { Verdict } from '../referee/judge/verdict';
import { planRejoin, reasons, whyNot } from '../rejoin/looks';
import { type ControllerName, HOSTS, peerOf } from '../site';
import { waitFor } from '../wait';

export interface Told {
  readonly mode?: 'emergency' | 'half-way';
  readonly attested?: Readonly<Record<string, string>>;
}

/** What an operator says who has switched `host` off and looked. */
export const off = (host: ControllerName): Told => ({
  attested: { 'powered-off': `${host} is off: I pulled its plug and looked` },
});

export const cutOff = (host: ControllerName): Told => ({
  attested: { isolated: `${host} is cut off from everybody: its switch is dead` },
});

export function planFailover(product: Product, target: ControllerName, told: Told = {}): Promise<Plan> {
  return product.planOf({
    operation: 'failover',
    target,
    mode: told.mode ?? 'emergency',
    ...(told.attested === undefined ? {} : { attested: told.attested }),
  });
}

export function checkOf(plan: Plan, id: string): CheckResult {
  const found = plan.checks.find((check) => check.id === id);
  assert.ok(found, `the plan has no check ${id}`);
  return found;
}

/** A plan that is ready with reasons alone. The lease of what went before has to run out first. */
export async function readyFailover(product: Product, target: ControllerName, told: Told): Promise<Plan> {
  let plan = await planFailover(product, target, told);
  await waitFor('a failover that nothing blocks', 60_000, async () => {
    if (planReadiness(plan, reasons(plan)).ready) return true;
    plan = await planFailover(product, target, told);
    return planReadiness(plan, reasons(plan)).ready;
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${whyNot(plan)}`);
  });
  return plan;
}

export async function blockedBy(
  product: Product,
  target: ControllerName,
  told: Told = {},
): Promise<readonly string[]> {
  const plan = await planFailover(product, target, told);
  const { blocking } = planReadiness(plan, reasons(plan));
  for (const id of blocking) assert.notEqual(checkOf(plan, id).remedy, '', `${id} says what to do`);
  const run = await product.start(plan, reasons(plan));
  assert.equal(run.end, 'refused', runText(run));
  return blocking;
}

export async function fails(product: Product, target: ControllerName, told: Told): Promise<RunSnapshot> {
  const plan = await readyFailover(product, target, told);
  const run = await product.start(plan, reasons(plan));
  assert.equal(run.end, 'done', runText(run));
  return run;
}

/** From the sentence of the check: after this time nothing is promised. Epoch ms. */
export function saidLostAfter(plan: Plan): number {
  const [line = ''] = checkOf(plan, 'loss-bound').evidence;
  const time = /after (\S+Z)/.exec(line)?.[1];
  assert.ok(time, `no bound was stated: ${line}`);
  return Date.parse(time);
}

/** Everything that a server has received, applied or not. */
export async function received(lab: Lab, host: ControllerName): Promise<string> {
  const text = await sql(
    lab,
    host,
    `SELECT REPLACE(CONCAT_WS(',', NULLIF((SELECT RECEIVED_TRANSACTION_SET FROM performance_schema.replication_connection_status), ''), NULLIF(@@GLOBAL.gtid_executed, '')), CHAR(10), '')`,
  );
  return text.replaceAll(/\s|\\n/g, '');
}

/** Not one transaction of `set` is missing on `host`. */
export async function hasAll(lab: Lab, host: ControllerName, set: string): Promise<void> {
  const missing = await sql(lab, host, `SELECT GTID_SUBTRACT('${set}', @@GLOBAL.gtid_executed)`);
  assert.equal(missing.trim(), '', `${host} lacks transactions that it had received`);
}

/** Nothing but what an emergency is allowed: rows of the dead primary, acknowledged and never sent. */
export function onlyLost(verdict: Verdict, old: ControllerName): void {
  const judged = butLost(verdict, old);
  const text = judgedText(verdict, judged);
  assert.deepEqual(judged.violations, [], text);
  assert.deepEqual(judged.blind, [], text);
}

/**
 * What the plan of its rejoin says that only the old primary has is what MySQL itself says, transaction by transaction; and
 * the rows that the referee misses are among them. More may be there than were acknowledged: those of the last moment.
 */
export async function lostAsSaid(
  lab: Lab,
  product: Product,
  old: ControllerName,
  verdict: Verdict,
): Promise<void> {
  const plan = await planRejoin(product, old);
  const [said = ''] = checkOf(plan, 'extra-transactions').evidence;
  const [, count, set] = /^(\d+) transactions that only \S+ has: (.*)$/.exec(said) ?? [];
  assert.ok(set, `the rejoin says nothing of what was lost: ${said}`);
  const executed = async (host: ControllerName): Promise<string> =>
    (await sql(lab, host, "SELECT REPLACE(@@GLOBAL.gtid_executed, CHAR(10), '')")).trim();
  const there = await executed(peerOf(old));
  const lost = await sql(
    lab,
    old,
    `SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, '${there}') = GTID_SUBTRACT('${set}', ''), GTID_SUBTRACT('${set}', @@GLOBAL.gtid_executed) = ''`,
  );
  assert.equal(lost.trim(), '1\t1', `lost is something else than ${said}`);
  const missed = verdict.violations
    .flatMap(({ evidence }) => evidence)
    .reduce((sum, line) => sum + Number(/^(\d+) of \d+ /.exec(line)?.[1] ?? 0), 0);
  assert.ok(missed > 0 && missed <= Number(count), `${count} are said to be lost, ${missed} rows are missed`);
}

/** The old primary knows whose standby it is, and the new one is whole. */
export async function knowsItsPrimary(lab: Lab, old: ControllerName): Promise<void> {
  await waitForMysql(lab, old);
  await waitFor(`${old} to know that it is a standby`, 60_000, async () => {
    const { role } = await helperStatus(lab, old);
    return role?.role === 'standby' && role.primary === peerOf(old) && (await isStandby(lab, old));
  });
  // Its mysqld may have died behind the end of the run: then its guard opens it again.
  await waitFor(`${peerOf(old)} to be the primary`, 30_000, () => isPrimary(lab, peerOf(old)));
}

/** The old primary gets power and network again: it must come to rest as a standby that awaits its rejoin. */
export async function returnsAsStandby(lab: Lab, old: ControllerName): Promise<void> {
  await knowsItsPrimary(lab, old);
  const sync = await lab.console(peerOf(old), 'pgrep -x lsyncd');
  assert.notEqual(sync.code, 0, 'lsyncd waits for the rejoin: it would delete what only the old primary has');
}

/**
 * Two binary logs full that nobody else has, then mysqld is killed in the midst of a write: its last event is torn.
 * @param between what ends the first of them
 */
export async function writesAlone(
  lab: Lab,
  host: ControllerName,
  between = 'FLUSH LOCAL BINARY LOGS',
): Promise<{ uuid: string; executed: string }> {
  const position = async (): Promise<string> =>
    (await sql(lab, host, "SELECT REPLACE(@@GLOBAL.gtid_executed, CHAR(10), '')")).trim();
  await sql(lab, peerOf(host), 'STOP REPLICA IO_THREAD');
  const uuid = (await sql(lab, host, 'SELECT @@server_uuid')).trim();
  const last = async (): Promise<number> =>
    Number(new RegExp(`${uuid}:(?:\\d+-)?(\\d+)`).exec(await position())?.[1]);
  for (const rotation of [between, 'SELECT 1']) {
    const before = await last();
    await waitFor('some writes', 20_000, async () => (await last()) - before > 10);
    await sql(lab, host, rotation);
  }
  const executed = await position();
  await lab.mustConsole(host, 'systemctl mask --runtime --quiet mysql; pkill -KILL -x mysqld');
  // systemd is told of the death a moment later, and a plan that was made before that is rightly refused.
  await waitFor(`systemd to see that mysqld of ${host} is dead`, 20_000, async () =>
    /^(failed|inactive)/.test((await lab.console(host, 'systemctl is-active mysql')).stdout),
  );
  await lab.mustConsole(
    host,
    'log=/var/lib/mysql/$(tail -n 1 /var/lib/mysql/mysql-bin.index); head -c 140 "$log" | tail -c 10 >>"$log"',
  );
  return { uuid, executed };
}

/** A guard that starts cmon asks nobody meanwhile: one that is cut off then has not been at work for too long. */
export async function guardAsks(lab: Lab, host: ControllerName): Promise<void> {
  const asked = `[ $(($(date +%s) - $(stat -c %Y /run/clustercontrol-ha/asked-${host}))) -le 2 ]`;
  await waitFor(
    `the guard of ${host} to ask ${peerOf(host)}`,
    30_000,
    async () => (await lab.console(peerOf(host), asked)).code === 0,
  );
}

/** What was killed and kept from starting. */
export async function mysqlStarts(lab: Lab, host: ControllerName): Promise<void> {
  await lab.mustConsole(host, 'systemctl unmask --runtime --quiet mysql; systemctl start mysql');
  await waitForMysql(lab, host);
}

/** The product's own next step: the old primary becomes a standby again. */
export async function rejoins(lab: Lab, product: Product, old: ControllerName): Promise<void> {
  let plan = await planRejoin(product, old);
  await waitFor('a rejoin that nothing blocks', 60_000, async () => {
    if (planReadiness(plan, reasons(plan)).ready) return true;
    plan = await planRejoin(product, old);
    return false;
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${whyNot(plan)}`);
  });
  const run = await product.start(plan, reasons(plan));
  assert.equal(run.end, 'done', runText(run));
  await waitForRoles(lab, peerOf(old), 90_000);
}

/** After a case, also one that failed: everything has power and network, and a standby. Returns who is the primary by now. */
export async function asBefore(lab: Lab, product: Product): Promise<ControllerName> {
  await lab.heal();
  for (const { host, on } of await lab.status()) if (!on) await lab.powerOn(host);
  await Promise.all(HOSTS.map((host) => lab.plug(host)));
  const { witness } = await helperStatus(lab, 'prom');
  const primary = witness?.primary === 'cc2' ? 'cc2' : 'cc1';
  await waitForRoles(lab, primary, 60_000).catch(() => rejoins(lab, product, peerOf(primary)));
  return primary;
}
