import assert from 'node:assert/strict';
import { formatPlan, parsePlan } from '../../../src/core/plan/format';
import { StepGraph } from '../../../src/core/plan/graph';
import { planReadiness } from '../../../src/core/plan/readiness';
import { planProblems } from '../../../src/core/plan/validate';
import type { Plan } from '../../../src/core/plan/plan';
import { exampleSite } from '../observation';
import { planOf, RECORDED, SECRETS } from './setting';

function outcome(plan: Plan, id: string): string {
  const check = plan.checks.find((one) => one.id === id);
  return check === undefined ? 'absent' : `${check.outcome} ${check.evidence.join('; ')}`;
}

describe('plan of a set-up', () => {
  it('asks dnf, and nothing of Debian, where the inventory says rhel', () => {
    const site = exampleSite();
    const [one, two] = site.controllers;
    const controllers = [
      { ...one, os: 'rhel' },
      { ...two, os: 'rhel' },
    ] as const;
    const plan = planOf(undefined, SECRETS, { ...site, controllers });
    for (const host of ['cc1', 'cc2']) {
      const step = plan.steps.find(({ id }) => id === `packages-${host}`);
      assert.match(step?.shown.join('\n') ?? '', /^dnf install -y .*mysql-server/);
      const commands = step?.act.script ?? '';
      assert.match(
        commands,
        /^dnf install -y "\$@" \|\| \{ echo "these could not be installed: \$\*" >&2; exit 1; \}$/m,
      );
      assert.match(commands, /pgrep:procps-ng .*mysqld:mysql-server mysql:mysql/);
      assert.doesNotMatch(commands, /apt-get/);
    }
  });

  const plan = planOf();
  const graph = new StepGraph(plan.steps);

  it('is sound, ready, and the same after it was written and read', () => {
    assert.deepEqual(planProblems(plan), []);
    assert.deepEqual(planReadiness(plan, {}), { ready: true, blocking: [], unacknowledged: [] });
    assert.equal(formatPlan(parsePlan(formatPlan(plan))), formatPlan(plan));
    assert.equal(plan.stoppable, true);
  });

  it('closes the standby before it opens the primary, and opens by a record on the disk', () => {
    const before = graph.ancestorsOf('open');
    for (const id of ['close', 'role-primary', 'role-witness']) assert.ok(before.has(id), id);
  });

  it('copies only what was confirmed, dumped before', () => {
    const before = graph.ancestorsOf('clone');
    for (const id of ['standby-data', 'no-channel', 'clone-rehearsal', 'accounts'])
      assert.ok(before.has(id), id);
  });

  it('starts as the documentation does: address, services, files, then the other keepalived, the guards last', () => {
    const chain = ['address', 'services-start', 'ping', 'file-sync-start', 'keepalived-cc2', 'guard-cc1'];
    for (const [index, id] of chain.entries()) {
      if (index > 0) assert.ok(graph.ancestorsOf(id).has(chain[index - 1] ?? ''), id);
    }
    assert.ok(graph.ancestorsOf('address').has('role-standby'), 'no address before the standby is one');
  });

  it('waits for an installer in pieces of a minute, so that a wish to stop is heard', () => {
    const step = graph.step('clustercontrol-cc1');
    assert.ok(step.act.timeoutMs <= 90_000);
    assert.ok((step.attempts ?? 0) * 60 >= 3600);
  });

  it('shows no secret, and sends accounts by standard input alone', () => {
    const { act, shown } = graph.step('accounts');
    assert.match(act.stdin ?? '', /\{\{secret:dc1-repl\}\}/);
    assert.doesNotMatch(shown.join('\n'), /\{\{secret/);
  });

  it('lets no private key leave its host', () => {
    const printing = plan.steps.filter(({ id }) => id.startsWith('keys-'));
    assert.equal(printing.length, 3);
    for (const { id, act } of printing) {
      const read = [...act.script.matchAll(/=\$\(cut -d' ' -f1,2 (\S+)\)/g)].map(([, file]) => file ?? '');
      assert.equal(read.length, act.outputs?.length, id);
      assert.deepEqual(
        read.filter((file) => !file.endsWith('.pub')),
        [],
        id,
      );
    }
  });

  it('has nothing to copy where the standby follows already, and nothing to install where all is there', () => {
    const installed = planOf((_host, text) => text.replaceAll(/ lacking \S+ \S+$/gm, ' there'));
    assert.match(installed.steps.find(({ id }) => id === 'packages-cc1')?.title ?? '', /All programs/);
  });
});

describe('checks of a set-up', () => {
  const only = (host: string, change: (text: string) => string) => (one: string, text: string) =>
    one === host ? change(text) : text;
  const CASES: readonly [string, string, (host: string, text: string) => string, RegExp][] = [
    [
      'system',
      'another system',
      only('cc2', (text) => text.replace('os debian', 'os rhel fedora')),
      /cc2 is rhel fedora/,
    ],
    [
      'system',
      'no such interface',
      only('cc1', (text) => text.replace('interface there', 'interface lacking')),
      /cc1 has no interface/,
    ],
    [
      'reach',
      'a controller that does not reach Prometheus',
      only('cc1', (text) => text.replace('reach prom yes', 'reach prom no')),
      /cc1 does not reach the ssh port of prom/,
    ],
    [
      'packages',
      'a package that no repository has',
      only('cc1', (text) =>
        text.replace(/lacking lsyncd \S+/, 'lacking lsyncd unknown').replace('lsyncd unknown', 'lsyncd'),
      ),
      /no package lsyncd is known/,
    ],
    [
      'mysql-version',
      'a MySQL without CLONE',
      only('cc2', (text) => text.replace('mysqld unknown', 'mysqld 8.0.16')),
      /8\.0\.16 has no CLONE/,
    ],
    [
      'mysql-version',
      'two releases',
      only('cc2', (text) => text.replace('mysqld unknown', 'mysqld 8.4.3')),
      /cc1 9\.7.*cc2 8\.4\.3/,
    ],
    [
      'room',
      'a full disk',
      only('cc2', (text) => text.replace(/free \d+/, 'free 90000000')),
      /cc2: 90 MB are free/,
    ],
    [
      'firewall',
      'a firewall',
      only('cc1', (text) => text.replace('firewall none', 'firewall ufw')),
      /cc1: ufw runs/,
    ],
    [
      'standby-data',
      'databases on the standby',
      only('cc2', (text) => text.replace('databases unknown', 'databases read\ndatabase old shop 1048576 3')),
      /old shop: 3 tables, 1 MiB/,
    ],
    [
      'vip-free',
      'another machine with the address',
      (host, text) => (host === 'vip-used' ? '02:00:00:00:00:01\n' : text),
      /answered by 02:00/,
    ],
  ];

  for (const [id, what, edit, expected] of CASES) {
    it(`${id} fires: ${what}`, () => {
      assert.match(outcome(planOf(), id), /^passed/);
      assert.match(outcome(planOf(edit), id), /^fired/);
      assert.match(outcome(planOf(edit), id), expected);
    });
  }

  it('half an answer is none: what a host has is unknown then, and blocks', () => {
    const half = planOf((host, text) => (host === 'cc2' ? text.slice(0, text.indexOf('databases')) : text));
    assert.match(outcome(half, 'packages'), /^unknown cc2/);
    assert.equal(planReadiness(half, {}).ready, false);
  });

  it('a data folder whose server does not answer is not taken for empty', () => {
    const silent = planOf((host, text) =>
      host === 'cc2' ? text.replace('data_folder lacking', 'data_folder there') : text,
    );
    assert.match(outcome(silent, 'standby-data'), /^fired cc2 has a MySQL data folder/);
  });

  it('a standby’s databases need the sentence that names the host', () => {
    const plan = planOf((host, text) =>
      host === 'cc2' ? text.replace('databases unknown', 'databases read\ndatabase shop 1 1') : text,
    );
    assert.deepEqual(planReadiness(plan, { 'standby-data': 'yes' }).unacknowledged, ['standby-data']);
    assert.equal(planReadiness(plan, { 'standby-data': 'replace the data of cc2: a test' }).ready, true);
  });

  it('a witness that has a record already blocks: another site’s, and one that the primary does not know', () => {
    const { prom } = RECORDED.observation.hosts;
    assert.ok(prom?.role.known);
    const ofWitness = prom.role.value;
    const said = (primary: string): string => {
      const record = { epoch: 6, role: 'witness', primary } as const;
      const role = { ...prom.role, value: { ...ofWitness, record } };
      const hosts = { ...RECORDED.observation.hosts, prom: { ...prom, role } };
      const plan = planOf(undefined, SECRETS, exampleSite(), { ...RECORDED.observation, hosts });
      assert.deepEqual(planReadiness(plan, {}).blocking, ['witness-record']);
      return outcome(plan, 'witness-record');
    };
    assert.match(outcome(planOf(), 'witness-record'), /^passed prom has no record/);
    assert.match(said('b-cc1'), /prom is the witness of another site: its record names b-cc1 \(epoch 6\)/);
    assert.match(said('cc1'), /prom names cc1 in epoch 6, cc1 knows none/);
  });

  it('passwords that nobody has block', () => {
    assert.match(outcome(planOf(undefined, ['dc1-repl']), 'secrets'), /^fired dc1-clone has no value/);
  });
});
