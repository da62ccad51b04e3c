import assert from 'node:assert/strict';
import type { CheckResult, Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { sql } from '../documented/mysql';
import type { Lab } from '../lab';
import { type Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { type ControllerName, peerOf } from '../site';

export function planRejoin(product: Product, target: ControllerName): Promise<Plan> {
  return product.planOf({ operation: 'rejoin', target, mode: 'planned' });
}

/** What a plan says where it is not to be begun. */
export function whyNot(plan: Plan): string {
  const fired = plan.checks.filter(({ outcome }) => outcome !== 'passed');
  return fired.map(({ id, level, evidence }) => `${id} [${level}]: ${evidence.join('; ')}`).join('\n');
}

export function checkOf(plan: Plan, id: string): CheckResult {
  const found = plan.checks.find((check) => check.id === id);
  assert.ok(found, `the plan has no check ${id}`);
  return found;
}

/** Reasons for all that needs one, with the words that it must hold. */
export function reasons(plan: Plan): Record<string, string> {
  return Object.fromEntries(
    plan.checks
      .filter(({ level, outcome }) => level === 'acknowledge' && outcome !== 'passed')
      .map(({ id, phrase }) => [id, `the test says: ${phrase ?? 'go on'}`]),
  );
}

/** Runs a rejoin under the referee, and looks at the site from outside afterwards. */
export async function rejoinUnderReferee(
  lab: Lab,
  product: Product,
  target: ControllerName,
  plan: Plan,
): Promise<RunSnapshot> {
  assert.ok(planReadiness(plan, reasons(plan)).ready, whyNot(plan));
  const referee = await Referee.watch();
  const run = await referee.rejoining(target, () => product.start(plan, reasons(plan)));
  const verdict = await referee.finish(peerOf(target));
  assert.equal(run.end, 'done', runText(run));
  assert.equal(verdict.clean, true, verdictText(verdict));
  await isHealthyStandby(lab, product, target);
  return run;
}

/** Roles as they should be, nothing left of the operation, no mark of a return, and no finding that a promotion minds. */
export async function isHealthyStandby(lab: Lab, product: Product, host: ControllerName): Promise<void> {
  const primary = peerOf(host);
  await waitForRoles(lab, primary);
  const left = await lab.mustConsole(
    host,
    `ls -d /var/lib/clustercontrol-ha/returned /var/lib/clustercontrol-ha/clone /run/clustercontrol-ha/stopped 2>/dev/null || true
     systemctl is-active keepalived clustercontrol-ha-guard | grep -v '^active' || true`,
  );
  assert.equal(left.trim(), '', `${host} is left with: ${left}`);
  const [here, there] = await Promise.all(
    [host, primary].map((name) => sql(lab, name, 'SELECT @@GLOBAL.gtid_executed')),
  );
  const clean = (text: string | undefined): string => (text ?? '').replaceAll(/\s|\\n/g, '');
  const own = await sql(lab, primary, `SELECT GTID_SUBTRACT('${clean(here)}', @@GLOBAL.gtid_executed)`);
  assert.equal(own.trim(), '', `${host} has transactions of its own`);
  assert.notEqual(clean(there), '');
  const persisted = await sql(
    lab,
    host,
    "SELECT VARIABLE_NAME FROM performance_schema.persisted_variables WHERE VARIABLE_NAME LIKE '%read_only'",
  );
  assert.equal(persisted.trim(), '', 'nothing stays persisted');
  const promotion = await product.plan(host);
  const blocking = planReadiness(promotion, {}).blocking;
  assert.deepEqual(blocking, [], whyNot(promotion));
}
