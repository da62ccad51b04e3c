import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  findCapsule,
  listCapsules,
  reapCgroups,
  startCapsule,
  stopCapsule,
  type Capsule,
} from '../../capsule/capsule';
import { CACHE, LAB_SOURCES, REPOSITORY } from '../../places';
import { must } from '../../run';
import { inside, up } from '../../up';
import { waitFor } from '../../wait';

/** What a lab could leave on the machine. */
async function traces(): Promise<Record<string, string[]>> {
  const lines = async (file: string, ...args: string[]): Promise<string[]> =>
    (await must(file, args)).split('\n').filter(Boolean);
  const loops = (await lines('losetup', '--list', '--noheadings', '--output', 'NAME,BACK-FILE')).sort();
  return {
    mounts: (await readFile('/proc/self/mountinfo', 'utf8'))
      .split('\n')
      .filter((line) => /clustercontrol|overlay/.test(line)),
    netns: await lines('ip', 'netns', 'list'),
    links: (await lines('ip', '-o', 'link')).map((line) => line.split(': ')[1] ?? ''),
    loops: loops.filter((line) => line.includes('self-')),
    cache: (await readdir(CACHE)).filter((name) => name.endsWith('.img')),
    temporary: (await readdir('/tmp')).filter((name) => name.startsWith('cgroup2-')),
  };
}

const cgroupsOf = async (name: string): Promise<string[]> => {
  const found: string[] = [];
  for (const entry of await readdir('/proc')) {
    const cgroup = await readFile(`/proc/${entry}/cgroup`, 'utf8').catch(() => '');
    if (cgroup.includes(`/clustercontrol-lab/${name}`)) found.push(entry);
  }
  return found;
};

const hostsAnswer = (capsule: Capsule): Promise<number> =>
  inside(capsule, [
    'sh',
    '-c',
    'for h in cc1 cc2 prom; do ssh -F /run/clustercontrol-lab/operator/ssh_config $h true || exit 1; done',
  ]);

describe('capsules', function () {
  this.timeout(300_000);
  const name = (part: string): string => `self-${process.pid}-${part}`;

  it('two labs run side by side with the same addresses, and do not see each other', async () => {
    const [a, b] = [
      await up({ name: name('a'), profile: 'bare', lifeline: 'held' }),
      await up({ name: name('b'), profile: 'bare', lifeline: 'held' }),
    ];
    try {
      assert.equal(await hostsAnswer(a), 0);
      assert.equal(await hostsAnswer(b), 0);
      const write = 'ssh -F /run/clustercontrol-lab/operator/ssh_config cc1 "echo a >/root/which"';
      assert.equal(await inside(a, ['sh', '-c', write]), 0);
      const there = 'ssh -F /run/clustercontrol-lab/operator/ssh_config cc1 "test -e /root/which"';
      assert.equal(await inside(b, ['sh', '-c', there]), 1);
      await stopCapsule(a);
      assert.equal(await hostsAnswer(b), 0, 'the end of one lab reached the other');
    } finally {
      for (const capsule of await listCapsules()) {
        if (capsule.name === name('a') || capsule.name === name('b')) await stopCapsule(capsule);
      }
    }
  });

  it('a second lab of the same name is refused', async () => {
    const first = await up({ name: name('c'), profile: 'bare', lifeline: 'held' });
    try {
      await assert.rejects(up({ name: name('c'), profile: 'bare', lifeline: 'held' }), /runs already/);
    } finally {
      await stopCapsule(first);
    }
  });

  it('begins also where its empty cgroup is cleared away before anyone is in it', async () => {
    const shims = await mkdtemp(join(tmpdir(), 'shims-'));
    // What start.sh runs next. The cgroup is the argument after the script's name.
    await writeFile(
      join(shims, 'setpriv'),
      `#!/bin/sh
for word; do case $word in */clustercontrol-lab/*) rmdir "$word" && touch ${shims}/cleared ;; esac; done
PATH=\${PATH#*:} exec setpriv "$@"
`,
      { mode: 0o755 },
    );
    const path = process.env['PATH'];
    try {
      process.env['PATH'] = `${shims}:${path}`;
      await stopCapsule(await startCapsule(name('d')));
      await access(join(shims, 'cleared'));
    } finally {
      process.env['PATH'] = path;
      await rm(shims, { recursive: true });
    }
  });

  it('keeps its empty cgroups while others clear away what killed labs left', async () => {
    const capsule = await startCapsule(name('e'));
    try {
      const empty = ['sh', '-c', 'mount -t cgroup2 none /mnt && mkdir /mnt/empty && umount /mnt'];
      assert.equal(await inside(capsule, empty), 0);
      await reapCgroups();
      const there = ['sh', '-c', 'mount -t cgroup2 none /mnt && test -d /mnt/empty'];
      assert.equal(await inside(capsule, there), 0);
    } finally {
      await stopCapsule(capsule);
    }
  });

  it('a run that is killed by SIGKILL leaves nothing', async () => {
    const before = await traces();
    const suite = join(LAB_SOURCES, 'selftest', 'outside', 'waits.spec.ts');
    const words = [
      '--import',
      'tsx',
      join(LAB_SOURCES, 'run-suite.ts'),
      '--profile',
      'bare',
      '--name',
      name('k'),
      suite,
    ];
    const runner = spawn(process.execPath, words, { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    runner.stdout.on('data', (data: Buffer) => (said += data.toString()));
    await waitFor('the test to run', 120_000, () => said.includes('waiting for the end'), 50);
    assert.ok(await findCapsule(name('k')));
    runner.kill('SIGKILL');
    await waitFor('processes to end', 10_000, async () => (await cgroupsOf(name('k'))).length === 0);
    await waitFor(
      'traces to go',
      10_000,
      async () => JSON.stringify(await traces()) === JSON.stringify(before),
    ).catch(async () => assert.deepEqual(await traces(), before));
    const again = await up({ name: name('k'), profile: 'bare', lifeline: 'held' });
    await stopCapsule(again);
  });
});
