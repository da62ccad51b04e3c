import assert from 'node:assert/strict';
import { pathsOf } from '../../../src/core/schemes/replication/paths';
import { untilHealthy } from '../hardened/look';
import { Lab } from '../lab';
import { renderedFiles } from '../rendering/put';
import { labSite } from '../rendering/site';
import { CONTROLLERS, type ControllerName } from '../site';

const PATHS = pathsOf('debian');
const UNITS = '/etc/systemd/system';

/** Exit code and everything that was said: a warning is a failure, too. */
async function said(lab: Lab, host: ControllerName, script: string): Promise<string> {
  const { code, stdout, stderr } = await lab.console(host, script);
  return [`exit ${code}`, stdout.trim(), stderr.trim()].filter((part) => part !== '').join('\n');
}

describe('every rendered file of the hardened profile, before its own daemon', function () {
  const lab = Lab.current();

  before(() => untilHealthy(lab, 'cc1'));

  it('is what stands on the hosts: the lab was deployed from it', async () => {
    const files = (await renderedFiles(await labSite('hardened'))).filter(
      ({ shared }) => shared === undefined,
    );
    assert.ok(files.length > 25);
    for (const { host, path, content } of files)
      if (host === 'cc1' || host === 'cc2')
        assert.equal(await lab.read(host, path), content, `${host}:${path}`);
  });

  for (const host of CONTROLLERS) {
    it(`keepalived -t on ${host} has nothing to say`, async () => {
      assert.equal(await said(lab, host, `keepalived -t -f ${PATHS.keepalived}`), 'exit 0');
    });

    it(`mysqld --validate-config on ${host} warns of nothing`, async () => {
      const script = 'mysqld --validate-config --log-error-verbosity=2 --user=mysql 2>&1';
      assert.equal(await said(lab, host, script), 'exit 0');
    });

    it(`lsyncd reads the program on ${host} to its end`, async () => {
      const script = `cat ${PATHS.lsyncd} >/tmp/check.lua && echo 'os.exit(0)' >>/tmp/check.lua && lsyncd -nodaemon /tmp/check.lua`;
      assert.equal(await said(lab, host, script), 'exit 0');
    });

    it(`systemd-analyze verify accepts units and drop-ins on ${host}`, async () => {
      const ours = `$(for d in ${UNITS}/*.service.d/clustercontrol-ha.conf; do basename "$(dirname "$d")" .d; done)`;
      const script = `systemd-analyze --man=no verify clustercontrol-ha-guard.service lsyncd.service ${ours}`;
      assert.equal(await said(lab, host, script), 'exit 0');
    });

    it(`sysctl, tmpfiles and sh accept theirs on ${host}`, async () => {
      assert.equal(await said(lab, host, `sysctl -q -p ${PATHS.sysctl}`), 'exit 0');
      assert.equal(await said(lab, host, 'systemd-tmpfiles --create clustercontrol-ha.conf'), 'exit 0');
      for (const script of [PATHS.notifyScript, '/usr/local/sbin/clustercontrol-ha'])
        assert.equal(await said(lab, host, `sh -n ${script}`), 'exit 0', script);
    });
  }

  it('a file that is wrong would be told: the checks can fail', async () => {
    await lab.put('cc2', '/tmp/wrong.conf', 'vrrp_instance X {\n  interface eth0\n  no_such_word 1\n}\n');
    assert.notEqual(await said(lab, 'cc2', 'keepalived -t -f /tmp/wrong.conf'), 'exit 0');
    const script = 'mysqld --validate-config --log-error-verbosity=2 --user=mysql --binlog-format=ROW 2>&1';
    assert.match(await said(lab, 'cc2', script), /deprecated/);
  });
});

describe('the documented profile before the same daemons', () => {
  const lab = Lab.current();

  it('has exactly the complaints that docs/rendering.md lists', async () => {
    const files = await renderedFiles(await labSite('documented'));
    const text = (path: string): string => {
      const file = files.find((one) => one.host === 'cc2' && one.path === path);
      assert.ok(file, path);
      return file.content;
    };
    await lab.put('cc2', '/tmp/documented.cnf', text(PATHS.mysql));
    const options = await said(
      lab,
      'cc2',
      'mysqld --defaults-file=/tmp/documented.cnf --validate-config --log-error-verbosity=2 --user=mysql 2>&1',
    );
    const warned = [
      ...options.matchAll(/\[Warning\].*?'?(binlog_format|log_slave_updates|[a-z_-]+)'? is deprecated/g),
    ];
    assert.deepEqual(warned.map((match) => match[1]).sort(), ['binlog_format', 'log_slave_updates'], options);
    await lab.put('cc2', '/tmp/documented.conf', text(PATHS.keepalived));
    const keepalived = await lab.console('cc2', 'keepalived -t -f /tmp/documented.conf');
    // 6: its check runs without script security.
    assert.equal(keepalived.code, 6, keepalived.stderr);
  });
});
