import assert from 'node:assert/strict';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import { failoverQuestions } from '../../../src/core/schemes/replication/failover/questions';
import { exampleSite } from '../observation';

describe('where life of the old primary is looked for', () => {
  const site = exampleSite() as ReplicationSite;
  const [cc1, cc2] = site.controllers;
  const moved: ReplicationSite = { ...site, controllers: [{ ...cc1, ssh: { ...cc1.ssh, port: 2222 } }, cc2] };
  const ask = (of: ReplicationSite) => failoverQuestions(of, 'cc2', 'emergency');

  it("is its ssh server's own port, from all three places: another may be dropped by a firewall of a host that lives", () => {
    const [operator, target, witness] = ask(moved);
    assert.deepEqual(operator?.reach?.ports, [2222, 3306, 9501]);
    for (const place of [target, witness]) {
      assert.match(place?.script ?? '', /\/dev\/tcp\/\S+\/2222/);
      assert.doesNotMatch(place?.script ?? '', /\/dev\/tcp\/\S+\/22\b/);
    }
  });

  it('is 22 where the inventory names none', () => {
    assert.deepEqual(ask(site)[0]?.reach?.ports, [22, 3306, 9501]);
  });
});
