import assert from 'node:assert/strict';
import { emergencyChecks } from '../../../src/core/schemes/replication/failover/checks/table';
import type { CheckLevel } from '../../../src/core/plan/plan';
import { answered, checkOf, CMON, SERVER } from '../promote/setting';
import { type Emergency, emergency, planOf } from './setting';

const OWN = '7c6d3b1e-0000-11f0-9e33-c80aa9429562';

/** cc2 was the primary once, and has what it wrote then. */
function wasPrimary(given: Emergency): void {
  given.cc2.mysql.serverUuid = OWN;
  given.cc2.mysql.gtidExecuted += `,${OWN}:1-40`;
}
const history = (...lines: string[]) => answered(lines.join('\n'));
const plain = (answer: typeof SERVER, from: RegExp, to: string) =>
  answered(answer.answered ? answer.stdout.replace(from, to) : '');

interface Fires {
  readonly check: string;
  readonly when: string;
  readonly level: CheckLevel;
  readonly edit: (given: Emergency) => void;
  readonly says: RegExp;
}

const FIRES: readonly Fires[] = [
  {
    check: 'errant',
    when: 'the standby wrote since it became one',
    level: 'acknowledge',
    edit: (given) => {
      wasPrimary(given);
      given.answers['history-target'] = history(
        'since 1780000000',
        'own-read',
        `own ${OWN}:41`,
        `own ${OWN}:42`,
      );
    },
    says: /cc2 has 2 errant transactions: 7c6d3b1e\S+:41-42[^]*since 2026-05-28/,
  },
  {
    check: 'errant',
    when: 'all that it wrote itself bears a tag',
    level: 'acknowledge',
    edit: (given) => {
      given.cc2.mysql.serverUuid = OWN;
      given.cc2.mysql.gtidExecuted += `,${OWN}:app:1-3`;
      given.answers['history-target'] = history('since 1780000000', 'own-read', `own ${OWN}:app:3`);
    },
    says: /cc2 has 1 errant transactions: 7c6d3b1e\S+:app:3[^]*since 2026-05-28/,
  },
  {
    check: 'errant',
    when: 'nobody knows since when it is a standby',
    level: 'acknowledge',
    edit: (given) => {
      wasPrimary(given);
      given.answers['history-target'] = history('source-version 9.7.0');
    },
    says: /cc2 has written 40 transactions itself[^]*not on record, and cc1 can't be asked/,
  },
  {
    check: 'errant',
    when: 'its binary logs could not be read in time',
    level: 'acknowledge',
    edit: (given) => {
      wasPrimary(given);
      given.answers['history-target'] = history('since 1780000000');
    },
    says: /its binary logs could not be read/,
  },
  {
    check: 'errant',
    when: 'half-way the disk of the old primary does not name it',
    level: 'acknowledge',
    edit: (given) => {
      given.mode = 'half-way';
      given.unread.cc1 = { mysql: 'connect ENOENT' };
      given.answers['source-binlog'] = answered(`previous ${given.cc2.mysql.gtidExecuted}\n`);
      wasPrimary(given);
    },
    says: /cc2 has 40 errant transactions[^]*on the disk of cc1/,
  },
  {
    check: 'versions',
    when: 'the relay log is of a newer server',
    level: 'acknowledge',
    edit: (given) => (given.answers['history-target'] = history('source-version 10.1.0')),
    says: /cc1 ran MySQL 10\.1\.0, cc2 runs 9\.7/,
  },
  {
    check: 'filters',
    when: 'the target leaves something out',
    level: 'acknowledge',
    edit: ({ answers }) => (answers['server-target'] = plain(SERVER, /^/, 'filter\tREPLICATE_DO_DB\tcmon\n')),
    says: /cc2 filters: REPLICATE_DO_DB cmon/,
  },
  {
    check: 'files-fresh',
    when: 'the target has no file',
    level: 'acknowledge',
    edit: (given) => Object.assign(given.cc2, { files: { count: 0, newestAtMs: 0, settledAtMs: 0 } }),
    says: /cc2 has none of the files/,
  },
  {
    check: 'binds',
    when: 'cmon would not be heard at the VIP',
    level: 'acknowledge',
    edit: ({ answers }) => (answers['cmon-target'] = plain(CMON, /RPC_BIND.*\n/, '')),
    says: /cc2: RPC_BIND_ADDRESSES is not set/,
  },
  {
    check: 'reach',
    when: 'a node is out of reach',
    level: 'acknowledge',
    edit: ({ answers }) =>
      (answers['reach-target'] = answered('prometheus ok\nnode root@10.0.0.1 failed no answer within 3 s\n')),
    says: /cc2 as root@10\.0\.0\.1: no answer within 3 s/,
  },
  {
    check: 'recent',
    when: 'the target itself took over a moment ago',
    level: 'acknowledge',
    edit: ({ cc2 }) => (cc2.role.failover = { plan: 'p', sinceMs: cc2.atMs - 60_000 }),
    says: /cc2 took over 1 min ago/,
  },
];

describe('checks of a failover by what the target tells', () => {
  for (const { check, when, level, edit, says } of FIRES) {
    it(`${check} fires when ${when}`, () => {
      const result = checkOf(planOf(emergency('hardened', edit)), check);
      assert.equal(result.outcome, 'fired', result.evidence.join('\n'));
      assert.equal(result.level, level);
      assert.match(result.evidence.join('\n'), says);
      assert.notEqual(result.remedy, '');
    });
  }

  it('none of them wants a reason where there is nothing to say', () => {
    const { checks } = planOf(emergency());
    const fired = checks.filter(
      ({ id, level, outcome }) => outcome !== 'passed' && level === 'acknowledge' && id !== 'loss-bound',
    );
    assert.deepEqual(fired, []);
  });

  it('errant passes where it was primary once and wrote nothing since', () => {
    const { outcome, evidence } = checkOf(planOf(emergency('hardened', wasPrimary)), 'errant');
    assert.equal(outcome, 'passed', evidence.join());
    assert.match(evidence.join(), /has written nothing itself since/);
  });

  it('errant passes half-way where the disk names everything', () => {
    const plan = planOf(
      emergency('hardened', (given) => {
        given.mode = 'half-way';
        given.unread.cc1 = { mysql: 'connect ENOENT' };
        wasPrimary(given);
        given.answers['source-binlog'] = answered(`previous ${given.cc2.mysql.gtidExecuted}\n`);
      }),
    );
    assert.equal(checkOf(plan, 'errant').outcome, 'passed');
  });

  const RESTS_ON: Readonly<Record<string, string>> = {
    versions: 'history-target',
    filters: 'server-target',
    binds: 'cmon-target',
    reach: 'reach-target',
  };
  for (const [check, question] of Object.entries(RESTS_ON)) {
    it(`${check} is unknown when ${question} was not answered`, () => {
      const given = emergency();
      given.answers[question] = { answered: false, reason: 'timed out' };
      const { outcome, evidence } = checkOf(planOf(given), check);
      assert.equal(outcome, 'unknown');
      assert.match(evidence.join(), /cc2: .*timed out/);
    });
  }

  it('no check is there twice', () => {
    for (const mode of ['emergency', 'half-way'] as const) {
      const ids = emergencyChecks(mode).map(({ id }) => id);
      assert.deepEqual(ids, [...new Set(ids)]);
    }
  });
});
