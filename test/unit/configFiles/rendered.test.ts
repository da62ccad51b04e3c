import assert from 'node:assert/strict';
import { examineConfigFile } from '../../../src/core/configFiles/examine';
import { replicationFiles } from '../../../src/core/schemes/replication/files/render';
import { exampleSite } from '../observation';

/** What our own files make the rules say: name of the file and code, each once. */
function said(lines: string): string[] {
  const found = replicationFiles(exampleSite(lines)).flatMap(({ path, content }) =>
    (examineConfigFile(path, content) ?? []).map(
      ({ code }) => `${path.slice(path.lastIndexOf('/') + 1)} ${code}`,
    ),
  );
  return [...new Set(found)].sort();
}

describe('configuration files as they are rendered', () => {
  for (const os of ['debian', 'rhel']) {
    it(`of the hardened profile on ${os} give no cause for a finding`, () => {
      assert.deepEqual(said(`    os: ${os}\n`), []);
    });

    it(`of the hardened profile with version 2 on ${os} neither`, () => {
      assert.deepEqual(
        said(`    os: ${os}\n    keepalived: { vrrpVersion: 2, advertInterval: 1, unicast: true }\n`),
        [],
      );
    });
  }

  it('of the documented profile say what the documentation does not', () => {
    assert.deepEqual(said('    profile: documented\n'), [
      'keepalived.conf keepalived-auth-published',
      'keepalived.conf keepalived-killall-check',
      'keepalived.conf keepalived-script-security-off',
      'keepalived.conf keepalived-weight-cannot-move-vip',
      'lsyncd.conf.lua lsyncd-deletes-at-start',
      'lsyncd.conf.lua lsyncd-insist-missing',
      'lsyncd.conf.lua lsyncd-s9s-typo',
      'manage_snat.sh notify-script-adds-again',
      'manage_snat.sh notify-script-ignores-stop',
      'manage_snat.sh notify-script-not-locked',
      'manage_snat.sh notify-script-rewrites-vrrp',
      'zz-clustercontrol-ha.cnf mysql-boots-writable',
      'zz-clustercontrol-ha.cnf mysql-option-deprecated',
    ]);
  });
});
