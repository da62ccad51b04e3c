// Runs inside a lab of fresh hosts, started by ../setup.ts: `setup.ts product|script OUTPUT-FILE`. Times only; asserts nothing.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plan, Step } from '../../../src/core/plan/plan';
import { capturedValues, wrapScript } from '../../../src/core/run/wrap';
import { HELPER } from '../../lab/hardened/assets';
import { Lab } from '../../lab/lab';
import { REPOSITORY } from '../../lab/places';
import { Product, runText } from '../../lab/promote/product';
import { waitForRoles } from '../../lab/promote/roles';
import { SetupOperator } from '../../lab/setup/operator';
import { HOSTS, type HostName, MYSQL_PASSWORD } from '../../lab/site';

const TTL_SECONDS = 3600;
const SETTINGS = '/etc/default/clustercontrol-ha';
const TOKEN = 1;

function hostOf(name: string): HostName {
  const host = HOSTS.find((one) => one === name);
  if (host === undefined) throw new Error(`no host ${name} in the lab`);
  return host;
}

/** What the product's begin does: the helper, its settings, a lease. */
async function prepare(lab: Lab, plan: Plan): Promise<void> {
  const helper = await readFile(path.join(REPOSITORY, 'dist/host/clustercontrol-ha'), 'utf8');
  for (const name of plan.leaseHosts) {
    const host = hostOf(name);
    await lab.mustConsole(host, 'mkdir -p -m 0755 /var/lib/clustercontrol-ha');
    await lab.put(host, SETTINGS, plan.helperSettings[name] ?? '', 0o644);
    await lab.put(host, HELPER, helper, 0o755);
    const lease = `--plan ${plan.id} --operator script --token ${TOKEN} --ttl ${TTL_SECONDS}`;
    await lab.mustConsole(host, `${HELPER} lease take ${lease}`);
  }
}

/** The same commands one after the other, at the hosts' consoles: no ssh, no journal, no verification. */
async function byScript(lab: Lab, plan: Plan): Promise<void> {
  const captured = new Map<string, string>();
  const once = async (step: Step): Promise<string | undefined> => {
    const command = wrapScript({
      ...{ plan, script: step.act, captured, token: TOKEN, emptyWhereMissing: false, replyMarginMs: 0 },
      leased: step.act.leased && plan.leaseHosts.includes(step.host),
      secret: () => MYSQL_PASSWORD,
    });
    const { code, stdout, stderr } = await lab.console(hostOf(step.host), command.script, {
      timeoutMs: command.timeoutMs,
      ...(command.stdin === undefined ? {} : { input: command.stdin }),
    });
    if (code !== 0) return `${step.id} on ${step.host}: exit ${code}: ${stderr.trim()}`;
    for (const [name, value] of Object.entries(capturedValues(step.act, stdout))) captured.set(name, value);
    return undefined;
  };
  await prepare(lab, plan);
  for (const step of plan.steps) {
    let wrong = await once(step);
    for (let left = (step.attempts ?? 3) - 1; wrong !== undefined && left > 0; left -= 1)
      wrong = await once(step);
    if (wrong !== undefined && step.optional !== true) throw new Error(wrong);
  }
}

async function main([way, output]: readonly string[]): Promise<void> {
  const lab = Lab.current();
  const inventoryFile = await lab.inventoryFile('hardened');
  const product = await Product.on(lab, { inventoryFile });
  const plan = await product.planOf({ operation: 'setup', target: 'cc1', mode: 'planned' });
  const operator = await SetupOperator.with(lab, inventoryFile);
  const begun = performance.now();
  const work = async (): Promise<void> => {
    if (way === 'script') return byScript(lab, plan);
    const run = await product.start(plan);
    if (run.end !== 'done') throw new Error(runText(run));
  };
  await Promise.all([work(), operator.installClusterControl()]);
  const tookMs = performance.now() - begun;
  await waitForRoles(lab, 'cc1', 90_000);
  await writeFile(output ?? '/dev/stdout', JSON.stringify({ tookMs, steps: plan.steps.length }));
  await operator.leave();
  await product.close();
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
