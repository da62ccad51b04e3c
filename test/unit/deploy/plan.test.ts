import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { compareFile, type FileComparison } from '../../../src/core/deploy/compare';
import type { HostFile } from '../../../src/core/deploy/hostFile';
import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import { planProblems } from '../../../src/core/plan/validate';
import { mergeOf } from '../../../src/core/schemes/replication/deploy/merge';
import { deploy } from '../../../src/core/schemes/replication/deploy/operation';
import { replicationFiles } from '../../../src/core/schemes/replication/files/render';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import { AT_MS, documentedHost, exampleSite, observed } from '../observation';

const ASSETS = {
  'clustercontrol-ha': '#!/bin/sh\n',
  'clustercontrol-ha-guard.service': '[Unit]\n',
  'manage_snat.sh': '#!/bin/sh\n',
};

function compared(
  site: ReplicationSite,
  hostFile: (path: string, content: string) => HostFile,
): FileComparison[] {
  return replicationFiles(site, ASSETS).map((file) =>
    compareFile(file, mergeOf(site, file), hostFile(file.path, file.content), () => 'vrrp1'),
  );
}

function planOf(site: ReplicationSite, files: readonly FileComparison[], chosen?: readonly string[]): Plan {
  const documented = site.profile === 'documented';
  const observation = documented ? observed(undefined, { from: documentedHost }) : observed();
  const base = { id: 'plan', target: 'all', mode: 'planned', operator: 'ann@desk', nowMs: AT_MS };
  return deploy.plan(
    {
      ...{ ...base, site, observation, files, secretsAvailable: ['vrrp'], unfinishedRuns: [] },
      ...(chosen === undefined ? {} : { choices: { files: chosen } }),
    },
    {},
  );
}

const absent = (): HostFile => ({ state: 'absent' });
const asRendered = (_: string, content: string): HostFile => ({
  state: 'file',
  mode: '0644',
  owner: 'root',
  text: content,
});
const v2 = '    keepalived: { vrrpVersion: 2, authPassword: { secret: vrrp } }\n';
const sites = [exampleSite(v2), exampleSite('    profile: documented\n')];

describe('the plan of a deployment', () => {
  for (const site of sites) {
    it(`is sound, and every script of it is one: ${site.profile}`, () => {
      const plan = planOf(site, compared(site, absent));
      assert.deepEqual(planProblems(plan), []);
      for (const step of plan.steps) {
        for (const script of [step.act, step.verify, step.undo?.script]) {
          if (script === undefined) continue;
          const { status, stderr } = spawnSync('sh', ['-n'], { input: script.script, encoding: 'utf8' });
          assert.equal(status, 0, `${step.id}: ${stderr}\n${script.script}`);
        }
      }
    });

    it(`touches the standby before the primary, and no daemon before every file stands: ${site.profile}`, () => {
      const { steps } = planOf(site, compared(site, absent));
      const at = (test: (id: string) => boolean): number[] =>
        steps.flatMap(({ id }, index) => (test(id) ? [index] : []));
      const [standby, primary] = ['file-cc2', 'file-cc1'].map((prefix) => at((id) => id.startsWith(prefix)));
      assert.ok(Math.max(...(standby ?? [])) < Math.min(...(primary ?? [])));
      const daemons = at((id) => /^(reread|keepalived|lsyncd)-/.test(id));
      assert.ok(daemons.length > 3);
      for (const index of daemons) assert.ok(index > Math.max(...(primary ?? [])), steps[index]?.id);
    });
  }

  it('carries references, never a value, and asks for the secrets it needs', () => {
    const [site] = sites;
    assert.ok(site);
    const plan = planOf(site, compared(site, absent));
    assert.deepEqual(plan.secrets, ['vrrp']);
    assert.match(JSON.stringify(plan), /\{\{secret-text:vrrp\}\}/);
    assert.ok(!JSON.stringify(plan).includes('vrrp1'));
  });

  it('restarts no MySQL and no cmon, and says when they read their files', () => {
    for (const site of sites) {
      const plan = planOf(site, compared(site, absent));
      const commands = plan.steps.map(({ act }) => act.script).join('\n');
      assert.ok(!/(re)?start (mysql|mysqld|cmon)/.test(commands));
      assert.match(plan.summary.join(' '), /MySQL is not restarted/);
    }
  });

  it('takes what was chosen, and wants a reason for half of a pair', () => {
    const [site] = sites;
    assert.ok(site);
    const plan = planOf(site, compared(site, absent), ['cc2:/etc/keepalived/keepalived.conf']);
    assert.deepEqual(
      plan.steps.filter(({ id }) => id.startsWith('file-')).map(({ host }) => host),
      ['cc2'],
    );
    assert.ok(planReadiness(plan, {}).unacknowledged.includes('both-controllers'));
  });

  it('is refused where nothing differs, and where a chosen file could not be compared', () => {
    const [, site] = sites;
    assert.ok(site);
    const same = compared(site, asRendered).map((one) => ({
      ...one,
      drift: { ...one.drift, kind: 'same' as const },
    }));
    assert.ok(planReadiness(planOf(site, same), {}).blocking.includes('files-compared'));
    const unread = compared(site, () => ({ state: 'unreadable', reason: 'too large' }));
    assert.ok(planReadiness(planOf(site, unread), {}).blocking.includes('files-compared'));
  });

  it('stops the standby’s keepalived where both must speak alike, and not otherwise', () => {
    const [, site] = sites;
    assert.ok(site);
    const edited = (from: RegExp, to: string) =>
      compared(site, (path, content) => ({
        ...{ state: 'file', mode: '0644', owner: 'root' },
        text: path.endsWith('keepalived.conf') ? content.replace(from, to) : content,
      }));
    const paused = (files: FileComparison[]): boolean =>
      planOf(site, files).steps.some(({ id }) => id === 'keepalived-pause');
    assert.equal(paused(edited(/advert_int \d/, 'advert_int 7')), true);
    assert.equal(paused(edited(/interval \d/, 'interval 7')), false);
  });
});
