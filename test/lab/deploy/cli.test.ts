import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lab } from '../lab';
import { REPOSITORY } from '../places';
import { run, type Outcome } from '../run';

const HOSTS_FILE = '/etc/hosts';

describe('compare, diff and deploy by the command line', () => {
  const lab = Lab.current();
  let folder: string;
  let inventory: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clustercontrol-ha-cli-'));
    inventory = await lab.inventoryFile();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  function cli(...words: string[]): Promise<Outcome> {
    const program = join(REPOSITORY, 'dist', 'cli.js');
    const all = [program, ...words, '--inventory', inventory, '--ssh-config', lab.operator.sshConfigFile];
    const env = { PATH: process.env['PATH'], HOME: folder, XDG_STATE_HOME: folder };
    return run(process.execPath, all, { env, cwd: folder, timeoutMs: 60_000 });
  }

  it('ends with 1 on drift, shows its lines, deploys one file, and then ends with 0', async function () {
    this.timeout(120_000);
    await lab.mustConsole('cc2', `sed -i '/^# BEGIN ClusterControl HA/a 10.9.9.9 intruder' ${HOSTS_FILE}`);
    const compared = await cli('compare', 'cc2');
    assert.equal(compared.code, 1, compared.stdout + compared.stderr);
    assert.match(compared.stdout, /cc2:\/etc\/hosts {2}1 line differs/);
    const diff = await cli('diff', 'cc2');
    assert.match(diff.stdout, /^-10\.9\.9\.9 intruder$/m);
    const plan = await cli('plan', 'deploy', 'cc2', '--json');
    assert.equal(plan.code, 0, plan.stdout + plan.stderr);
    const deployed = await cli('run', 'deploy', '--file', `cc2:${HOSTS_FILE}`, '--yes');
    assert.equal(deployed.code, 0, deployed.stdout + deployed.stderr);
    const after = await cli('compare', '--json');
    assert.equal(after.code, 0, after.stdout + after.stderr);
    assert.equal((await cli('run', 'deploy', '--yes')).code, 3, 'nothing is left to deploy');
    assert.equal((await cli('compare', 'cc9')).code, 2);
  });
});
