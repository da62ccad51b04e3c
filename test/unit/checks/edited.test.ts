import assert from 'node:assert/strict';
import type { CheckLevel, Plan } from '../../../src/core/plan/plan';
import { rejoin } from '../../../src/core/schemes/replication/rejoin/operation';
import { emergency, planOf as planFailover } from '../failover/setting';
import { hostObservation } from '../observation';
import { answered, checkOf, HOSTS, planOf as planPromotion, setting, type Setting } from '../promote/setting';

/** It fires, as it should, on the edited capture alone. */
function fires(id: string, [healthy, plan]: readonly [Plan, Plan], level: CheckLevel, says: RegExp): void {
  assert.equal(checkOf(healthy, id).outcome, 'passed', `${id} has nothing to say before`);
  const check = checkOf(plan, id);
  assert.deepEqual([check.outcome, check.level], ['fired', level], check.evidence.join('\n'));
  assert.match(check.evidence.join('\n'), says);
  assert.notEqual(check.remedy, '', 'says what to do');
}

const anotherSeries = (): Setting => {
  const given = setting('hardened');
  given.cc2.mysql.version = '8.4.3';
  return given;
};

/** A rejoin of cc2 as it was recorded: what would be asked beside that stays without an answer. */
function planRejoin(given: Setting): Plan {
  const { site, target, secretsAvailable, unfinishedRuns, cc1 } = given;
  const hosts = Object.fromEntries(
    HOSTS.map((host) => [host, hostObservation(given[host], given.unread[host])]),
  );
  const observation = { site: 'dc1', atMs: cc1.atMs, hosts };
  const asked = { site, target, mode: 'planned', observation, secretsAvailable, unfinishedRuns };
  return rejoin.plan({ ...asked, id: 'dc1-rejoin-cc2-x', operator: 'ann@desk', nowMs: cc1.atMs }, {});
}

/** What no host of the lab can be made to be (docs/checks.md, `tried.ts`). */
describe('checks on captures of healthy hosts, edited', () => {
  const failover = (edit: Parameters<typeof emergency>[1]) =>
    [planFailover(emergency()), planFailover(emergency('hardened', edit))] as const;

  it('a planned promotion between two series of MySQL', () => {
    const plans = [planPromotion(setting('hardened')), planPromotion(anotherSeries())] as const;
    fires('versions', plans, 'block', /cc1 runs 9\.7\.\S+, cc2 8\.4\.3/);
  });

  it('a failover to an older MySQL than wrote the relay log', () => {
    const plans = failover(({ answers }) => (answers['history-target'] = answered('source-version 10.1.0')));
    fires('versions', plans, 'acknowledge', /cc1 ran MySQL 10\.1\.0, cc2 runs 9\.7/);
  });

  it('a failover to a server that has the UUID of its source', () => {
    const plans = failover(({ cc2: { mysql } }) => {
      assert.ok(mysql.replica?.sourceUuid);
      mysql.serverUuid = mysql.replica.sourceUuid;
    });
    fires('identities', plans, 'block', /both have server_uuid [0-9a-f-]{36}/);
  });

  it('a failover to a target without any of the files', () => {
    const none = { count: 0, newestAtMs: 0, settledAtMs: 0 };
    fires(
      'files-fresh',
      failover(({ cc2 }) => Object.assign(cc2, { files: none })),
      'acknowledge',
      /cc2 has none of the files/,
    );
  });

  it('a rejoin between two series of MySQL', () => {
    const plans = [planRejoin(setting('hardened')), planRejoin(anotherSeries())] as const;
    fires('versions', plans, 'block', /cc2 runs 8\.4\.3, cc1 9\.7/);
  });
});
