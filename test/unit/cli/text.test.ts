import assert from 'node:assert/strict';
import { EXIT } from '../../../src/cli/exitCodes';
import { runCommandLine } from '../../../src/cli/main';
import { Progress } from '../../../src/cli/progress';
import { checkText, findingText, operatorErrorText, planText, topologyText } from '../../../src/cli/text';
import { OperatorError } from '../../../src/core/errors';
import { parseInventory } from '../../../src/core/inventory/parse';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import { exampleInventory, exampleSite, observed } from '../observation';
import { planOf, setting } from '../promote/setting';
import { startRun } from '../run/world/outcome';
import { promotionSketch, sketchPlan } from '../run/world/plans';
import { World } from '../run/world/world';

/** Lines that `work` prints to standard output. */
function printed(work: () => void): string[] {
  const lines: string[] = [];
  const before = console.log;
  console.log = (line: string) => void lines.push(line);
  try {
    work();
  } finally {
    console.log = before;
  }
  return lines;
}

describe('text of the command line', () => {
  it('a finding of the inventory names file, line and column', () => {
    const text = exampleInventory().replace('address: 192.168.73.202', 'address: 192.168.73.201');
    const { findings } = parseInventory('dc.yaml', text);
    const shown = findingText(
      findings.find(({ code }) => code === 'address-duplicate')!,
      text,
    );
    const line = text.split('\n').findIndex((one) => one.includes('cc2:')) + 1;
    assert.match(shown, new RegExp(`^dc\\.yaml:${line}:\\d+: error address-duplicate: `));
    assert.equal(shown.split('\n').length, 3, 'what, why, remedy');
  });

  it('an error: what and where, the command on lines of its own where there was one, state, what to do', () => {
    const parts = { code: 'command-failed', what: 'It failed', state: 'As before.', next: 'Look.' } as const;
    assert.equal(operatorErrorText(new OperatorError(parts)), 'It failed\nAs before.\nNext: Look.');
    const there = new OperatorError({ ...parts, host: 'cc1', command: 'set -e\nip addr\n' });
    assert.equal(
      operatorErrorText(there),
      'cc1: It failed\nCommand: set -e\n  ip addr\nAs before.\nNext: Look.',
    );
  });

  it('an error that a verb meets is told so, with exit code 1', async () => {
    const parts = { code: 'command-failed', what: 'It failed', state: 'As before.', next: 'Look.' } as const;
    const thrown = new OperatorError({ ...parts, host: 'cc1', command: 'ip addr' });
    const said: string[] = [];
    const { log, error } = console;
    console.log = () => {
      throw thrown;
    };
    console.error = (line: string) => void said.push(line);
    try {
      assert.equal(await runCommandLine(['drill', '--history']), EXIT.failed);
    } finally {
      Object.assign(console, { log, error });
    }
    assert.equal(said.at(-1), operatorErrorText(thrown));
    assert.match(said.at(-1) ?? '', /\nCommand: ip addr\n/);
  });

  it('the tree tells each state by a sign, with the words of the tree view', () => {
    const site = exampleSite();
    const observation = observed(undefined, { gone: ['cc2'] });
    const tree = replicationScheme.topology(site, observation, replicationScheme.findings(site, observation));
    const lines = topologyText(tree).split('\n');
    assert.match(lines[0] ?? '', /^\S+ +dc1/);
    assert.ok(lines.some((line) => /^ {2}ok cc1 /.test(line)));
    assert.ok(lines.some((line) => /^ {2}[X?] +cc2 /.test(line)));
  });

  it('a plan: evidence first, every command, and where the way back ends', () => {
    const plan = planOf(setting('hardened'));
    const text = planText(plan);
    const at = (part: string): number => text.indexOf(part);
    for (const check of plan.checks) assert.ok(at(checkText(check)) >= 0, check.id);
    for (const line of plan.steps.flatMap(({ shown }) => shown)) assert.ok(at(line) >= 0, line);
    assert.ok(at('--- point of no return ---') < at('[open]'));
    assert.ok(at('--- point of no return ---') > at('[outage]'));
    assert.ok(at(checkText(plan.checks[0]!)) < at(' 1. [prepare]'));
  });

  it('an unknown check shows its reason, its level and what to do', () => {
    const given = setting('hardened');
    given.unread.cc2.snat = 'iptables is missing';
    const check = planOf(given).checks.find(({ id }) => id === 'snat')!;
    assert.match(
      checkText(check),
      /^\? {2}snat \[acknowledge\]: .*\n.*cc2: .*iptables is missing\n {5}-> Make this readable/,
    );
  });
});

/** What users noticed of it. */
const AWAY = [
  { id: 'writes', label: 'Writes', startedAtMs: 1_000, endedAtMs: 4_100, measuredBy: 'steps' },
] as const;

describe('a run on the command line', () => {
  it('--json: the run first, each change of a step once, the end last', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const end = await world.clock.until(startRun(world));
    const events = printed(() => {
      const progress = new Progress(true);
      progress.begin(end.plan);
      progress.show({ ...end, steps: end.steps.map((step) => ({ ...step, state: 'running' })) });
      progress.show(end);
      progress.show(end);
      progress.end(end, AWAY);
    }).map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(events[0]?.['runId'], world.plan.id);
    assert.deepEqual(
      events[0]?.['steps'],
      world.plan.steps.map(({ id }) => id),
    );
    assert.equal(events.length, 1 + 2 * world.plan.steps.length + 1);
    const { type, runId, end: how, outages } = events.at(-1) ?? {};
    assert.deepEqual({ type, runId, how }, { type: 'run-ended', runId: world.plan.id, how: 'done' });
    assert.deepEqual(outages, [{ id: 'writes', label: 'Writes', durationMs: 3_100, measuredBy: 'steps' }]);
  });

  it('as text: host, title and time of a step, and at the end what comes next', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    world.fault = ({ step, role }) => (step === 'reset' && role === 'act' ? 'error' : undefined);
    const end = await world.clock.until(startRun(world));
    const lines = printed(() => {
      const progress = new Progress(false);
      progress.begin(end.plan);
      progress.show(end);
      progress.end(end, AWAY);
    });
    const text = lines.join('\n');
    assert.match(text, /^undone +cc1: Do stop \(\d+ ms\)$/m);
    assert.match(text, /^ {2}away: Writes: 3\.10 s \(steps\)$/m);
    assert.match(text, /^undone: .*reset.*\nNext: .+\nRun plan-1$/m);
  });
});
