import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { compareFile, type FileComparison } from '../../../src/core/deploy/compare';
import type { HostFile } from '../../../src/core/deploy/hostFile';
import { unknown } from '../../../src/core/observe/fact';
import type { RoleRecord, SiteObservation } from '../../../src/core/observe/host';
import type { Plan, Step } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import { planProblems } from '../../../src/core/plan/validate';
import { mergeOf } from '../../../src/core/schemes/replication/deploy/merge';
import { keepalivedConf } from '../../../src/core/schemes/replication/files/keepalived';
import { replicationFiles } from '../../../src/core/schemes/replication/files/render';
import { harden } from '../../../src/core/schemes/replication/harden/operation';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import type { QuestionAnswer } from '../../../src/core/schemes/scheme';
import { AT_MS, documentedHost, exampleSite, observed, UUID_1 } from '../observation';

const ASSETS = Object.fromEntries(
  [
    'clustercontrol-ha',
    'clustercontrol-ha-guard.service',
    'clustercontrol-ha.tmpfiles',
    'unit-condition.conf',
    'lsyncd.service',
    'lsyncd-condition.conf',
    'keepalived-restart.conf',
    'manage_snat.sh',
  ].map((name) => [name, `# ${name}\n`]),
);
const hardened = exampleSite();
const documented = exampleSite('    profile: documented\n');

const said = (stdout: string): QuestionAnswer => ({ answered: true, exitCode: 0, stdout, stderr: '' });
const KNOWN: Readonly<Record<string, QuestionAnswer>> = {
  'source-position': said(`${UUID_1}:1-100`),
  'vip-hardware-address': said('02:cc:1a:b0:00:c9'),
  'vip-neighbour': said('02:cc:1a:b0:00:c9'),
};

/** Both hosts answer alike to whatever else is asked. */
function answersTo(site: ReplicationSite, observation: SiteObservation): Record<string, QuestionAnswer> {
  const questions = harden.questions(site, 'all', observation, 'planned');
  return Object.fromEntries(questions.map(({ id }) => [id, KNOWN[id] ?? said('same')]));
}

/** Of the documented profile, with the keepalived.conf that it renders. */
function documentedPair(): SiteObservation {
  return observed(
    (hosts) => {
      for (const controller of documented.controllers) {
        const { keepalived } = hosts[controller.name === 'cc1' ? 'cc1' : 'cc2'];
        keepalived.config = keepalivedConf(documented, controller);
      }
    },
    { from: documentedHost },
  );
}

/** What is rendered, beside what hosts of the other profile have. */
function compared(site: ReplicationSite, on: ReplicationSite): FileComparison[] {
  const there = new Map(
    replicationFiles(on, ASSETS).map(({ host, path, content }) => [`${host}:${path}`, content]),
  );
  return replicationFiles(site, ASSETS).map((file) => {
    const text = there.get(`${file.host}:${file.path}`);
    const state: HostFile =
      text === undefined ? { state: 'absent' } : { state: 'file', mode: file.mode, owner: file.owner, text };
    return compareFile(file, mergeOf(site, file), state, () => undefined);
  });
}

function planFrom(observation: SiteObservation, site = hardened, on = documented): Plan {
  const base = { id: 'plan', target: 'all', mode: 'planned', operator: 'ann@desk', nowMs: AT_MS };
  return harden.plan(
    {
      ...{ ...base, site, observation, files: compared(site, on) },
      ...{ secretsAvailable: [], unfinishedRuns: [] },
    },
    answersTo(site, observation),
  );
}

const planOf = (site = hardened, on = documented): Plan =>
  planFrom(on === documented ? documentedPair() : observed(), site, on);

const scriptsOf = ({ act, verify, undo }: Step) =>
  [act, verify, undo?.script].filter((script) => script !== undefined);

/** Files of the plan, and everything else by its name. */
const ORDER = [
  'state-cc2 state-cc1',
  'before-cc2 FILES before-cc1 FILES before-prom FILES reread-prom',
  'guard-key-cc2 guard-key-cc1 host-key-witness trust-cc2 trust-cc1 trust-prom ask-cc2 ask-cc1',
  'witness-record role-cc1 role-cc2 flag reread-cc2 reread-cc1 boot-cc2 boot-cc1 guard-cc2 guard-cc1',
  'closed-standby FILES mysql-restart replication-options persisted-primary FILES',
  'snat-cc2 FILES snat-cc1',
  'keepalived-pause keepalived-before FILES keepalived-cc1 FILES keepalived-resume',
  'FILES lsyncd-cc1',
  'look-primary look-standby look-role-cc1 look-role-cc2 keep tidy-cc2 tidy-cc1 tidy-prom',
].join(' ');

describe('the plan of a hardening', () => {
  it('is sound, and every script of it is one', () => {
    const plan = planOf();
    assert.deepEqual(planProblems(plan), []);
    // One shell for all of them: each as the body of a function, which its braces would break out of.
    const scripts = plan.steps.flatMap(scriptsOf).map(({ script }, index) => `f${index}() (\n${script}\n)\n`);
    const { status, stderr } = spawnSync('sh', ['-n'], { input: scripts.join(''), encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.ok(scripts.length > plan.steps.length);
  });

  it('can be started on a healthy documented pair', () => {
    const plan = planOf();
    assert.deepEqual(
      planReadiness(plan, {}).blocking,
      [],
      JSON.stringify(plan.checks.filter(({ outcome }) => outcome !== 'passed')),
    );
  });

  it('has this order', () => {
    const order = planOf().steps.map(({ id }) => (id.startsWith('file-') ? 'FILES' : id));
    assert.equal(order.filter((id, index) => id !== 'FILES' || order[index - 1] !== id).join(' '), ORDER);
  });

  it('is one line until its point of no return: an undo goes back in exactly the opposite order', () => {
    const { steps, pointOfNoReturn } = planOf();
    const end = steps.findIndex(({ id }) => id === pointOfNoReturn);
    for (const [index, { id, needs }] of steps.slice(1, end + 1).entries()) {
      assert.deepEqual(needs, [steps[index]?.id], id);
    }
  });

  it('never lets both speak or hold: the standby is silent while the primary changes over, and has no flag', () => {
    const ids = planOf().steps.map(({ id }) => id);
    const at = (wanted: string): number => {
      const index = ids.indexOf(wanted);
      assert.ok(index >= 0, wanted);
      return index;
    };
    const conf = (host: string) => at(`file-${host}-etc-keepalived-keepalived.conf`);
    const inOrder = [
      at('ask-cc1'),
      at('role-cc1'),
      at('flag'),
      at('guard-cc1'),
      at('snat-cc1'),
      at('keepalived-pause'),
      conf('cc1'),
      at('keepalived-cc1'),
      conf('cc2'),
      at('keepalived-resume'),
    ];
    assert.deepEqual(
      inOrder,
      [...inOrder].sort((a, b) => a - b),
    );
    const flags = planOf().steps.filter(({ act }) => act.script.includes('flag set'));
    assert.deepEqual(
      flags.map(({ host }) => host),
      ['cc1'],
    );
  });

  it('restarts neither cmon nor MySQL of the primary', () => {
    const commands = planOf()
      .steps.filter(({ host }) => host === 'cc1')
      .map(({ act }) => act.script)
      .join('\n');
    assert.ok(!/systemctl (try-)?(re)?start (mysql|mysqld|cmon)|systemctl stop/.test(commands));
    assert.ok(!/super_read_only *= *ON/i.test(commands), 'nor is it closed');
  });

  it('stops keepalived in an undo only where it had read the new file', () => {
    const stops = planOf().steps.filter(({ undo }) =>
      undo?.script.script.includes('systemctl stop keepalived'),
    );
    assert.deepEqual(
      stops.map(({ id }) => id),
      ['keepalived-pause', 'keepalived-before', 'keepalived-resume'],
    );
    for (const { id, undo } of stops)
      assert.match(undo?.script.script ?? '', /^if \[ -e \S*reread-keepalived'? \]/, id);
  });

  it('reads no lease of its own on the witness, whose helper keeps its records on disk', () => {
    const step = planOf().steps.find(({ id }) => id === 'witness-record');
    assert.match(step?.act.script ?? '', /^unset CLUSTERCONTROL_HA_STATE/);
  });

  it('is refused where there is nothing to harden, and where the inventory does not want it', () => {
    const done = planOf(hardened, hardened);
    assert.ok(planReadiness(done, {}).blocking.includes('profiles'));
    assert.match(done.checks.find(({ id }) => id === 'profiles')?.remedy ?? '', /nothing to harden/);
    const unwanted = planOf(documented, documented);
    assert.ok(planReadiness(unwanted, {}).blocking.includes('profiles'));
    assert.match(unwanted.checks.find(({ id }) => id === 'profiles')?.remedy ?? '', /profile: hardened/);
  });

  it('goes on where only one of them was hardened, and says so', () => {
    const [before, after] = [documentedPair(), observed()];
    const { cc2 } = after.hosts;
    assert.ok(cc2);
    const plan = planFrom({ ...before, hosts: { ...before.hosts, cc2 } });
    const check = plan.checks.find(({ id }) => id === 'profiles');
    assert.equal(check?.outcome, 'fired');
    assert.equal(check?.level, 'warn');
    assert.deepEqual(planProblems(plan), []);
  });

  it('is refused where the witness is another site’s, before anything is changed there', () => {
    const foreign = withWitness({ epoch: 6, role: 'witness', primary: 'b-cc1' });
    assert.ok(planReadiness(foreign, {}).blocking.includes('witness-record'));
    const check = foreign.checks.find(({ id }) => id === 'witness-record');
    assert.match(check?.evidence.join() ?? '', /prom is the witness of another site: its record names b-cc1/);
  });

  it('asks what a record is that names a controller which has none: left over, or a site with the same names', () => {
    const plan = withWitness({ epoch: 6, role: 'witness', primary: 'cc1' });
    assert.deepEqual(planReadiness(plan, {}).unacknowledged, ['witness-record']);
    const [before, after] = [documentedPair(), observed()];
    const { cc2, prom } = after.hosts;
    assert.ok(cc2 && prom);
    const halfWay = planFrom({ ...before, hosts: { ...before.hosts, cc2, prom } });
    assert.equal(halfWay.checks.find(({ id }) => id === 'witness-record')?.outcome, 'passed');
  });

  function withWitness(record: RoleRecord): Plan {
    const observation = documentedPair();
    const { prom } = observation.hosts;
    assert.ok(prom?.role.known);
    const role = { ...prom.role, value: { ...prom.role.value, record } };
    return planFrom({ ...observation, hosts: { ...observation.hosts, prom: { ...prom, role } } });
  }

  it('is refused without the witness', () => {
    const observation = documentedPair();
    const { prom } = observation.hosts;
    assert.ok(prom);
    const reachable = unknown('no route', AT_MS, 'ssh');
    const plan = planFrom({
      ...observation,
      hosts: { ...observation.hosts, prom: { ...prom, reachable } },
    });
    assert.ok(planReadiness(plan, {}).blocking.includes('witness-access'));
  });
});
