import assert from 'node:assert/strict';
import { sql } from '../documented/mysql';
import { Lab } from '../lab';
import { judgedText } from '../referee/judge/judged';
import { verdictText } from '../referee/judge/text';
import type { Invariant, Verdict, Violation } from '../referee/judge/verdict';
import { Referee } from '../referee/referee';
import { VIP, type ControllerName } from '../site';
import { waitFor } from '../wait';

const OPEN = 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF;';
const CLOSE = 'SET GLOBAL super_read_only = ON;';

/** Each violation is provoked by hand, and the referee must name it, its hosts, and nothing else. */
describe('referee: names what it is there for', function () {
  // The first watch on a fresh documented lab waits for its stalled replication.
  this.timeout(150_000);
  const lab = Lab.current();

  async function judged(provoke: (referee: Referee) => Promise<void>, writer?: string): Promise<Verdict> {
    const referee = await Referee.watch();
    const before = await countRows('cc1');
    await waitFor('the referee to write', 5000, async () => (await countRows('cc1')) > before);
    await provoke(referee);
    return referee.finish(writer);
  }

  function countRows(host: ControllerName): Promise<number> {
    return sql(lab, host, 'SELECT COUNT(*) FROM referee.acknowledged').then(Number);
  }

  function named(verdict: Verdict, ...expected: [Invariant, ...string[]][]): void {
    const of = ({ invariant, hosts }: Violation): string => [invariant, ...hosts].join(' ');
    const due = expected.map((one) => one.join(' '));
    const violations = verdict.violations.filter((one) => !due.includes(of(one)));
    assert.deepEqual(
      verdict.violations.map(of).sort(),
      due.sort(),
      judgedText(verdict, { ...verdict, violations }),
    );
  }

  /** Whatever became of a case: the next one begins with one writer. */
  afterEach(() => sql(lab, 'cc2', CLOSE));

  async function executed(host: ControllerName): Promise<string> {
    return (await sql(lab, host, 'SELECT @@GLOBAL.gtid_executed')).replaceAll('\\n', '').trim();
  }

  /**
   * Takes the referee's own rows off the standby and makes the primary know their transactions. The standby applies what
   * it got first: workers that must commit in order, and a DELETE that locks what lies between them, wait for one
   * another until it gives up (50 s).
   */
  async function healErrant(): Promise<void> {
    const wait = `SELECT WAIT_FOR_EXECUTED_GTID_SET('${await executed('cc1')}', 30)`;
    assert.equal((await sql(lab, 'cc2', wait)).trim(), '0', 'the standby has applied what the primary had');
    await sql(
      lab,
      'cc2',
      `${OPEN} SET sql_log_bin = 0; DELETE FROM referee.acknowledged WHERE host = 'cc2'; ${CLOSE}`,
    );
    const primary = await executed('cc1');
    const subtract = `SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, '${primary}')`;
    const uuid = (await sql(lab, 'cc2', 'SELECT @@server_uuid')).trim();
    const errant = (await sql(lab, 'cc2', subtract)).replaceAll('\\n', '').trim();
    const own = errant.split(',').find((set) => set.startsWith(uuid)) ?? '';
    for (const range of own.split(':').slice(1)) {
      const [from, to = from] = range.split('-').map(Number);
      const text: string[] = [];
      for (let n = Number(from); n <= Number(to); n++)
        text.push(`SET GTID_NEXT='${uuid}:${String(n)}'; BEGIN; COMMIT;`);
      await sql(lab, 'cc1', text.join('\n'));
    }
  }

  it('I1: the standby is writable', async () => {
    const verdict = await judged(async () => {
      await sql(lab, 'cc2', OPEN);
      const acknowledged = "SELECT COUNT(*) FROM referee.acknowledged WHERE host = 'cc2'";
      await waitFor(
        'an acknowledged write on cc2',
        5000,
        async () => Number(await sql(lab, 'cc2', acknowledged)) > 2,
      );
      await sql(lab, 'cc2', CLOSE);
      // The final writer is who was seen writable last.
      const rows = "SELECT COUNT(*) FROM referee.acknowledged WHERE host = 'cc1'";
      const now = Number(await sql(lab, 'cc1', rows));
      await waitFor('more writes on cc1', 5000, async () => Number(await sql(lab, 'cc1', rows)) > now + 4);
    });
    await healErrant();
    // What the standby acknowledged is nowhere else: that is I5.
    named(verdict, ['I1', 'cc1', 'cc2'], ['I5', 'cc2']);
  });

  it('I2: a second VIP, were it only for a moment', async () => {
    const verdict = await judged(async () => {
      await lab.mustConsole('cc2', `ip address add ${VIP}/32 dev eth0 && ip address del ${VIP}/32 dev eth0`);
    });
    named(verdict, ['I2', 'cc1', 'cc2']);
    const [violation] = verdict.violations;
    const text = judgedText(verdict, { ...verdict, violations: [] });
    assert.ok(violation !== undefined && violation.toMs - violation.fromMs < 100, text);
  });

  it('I3: a second cmon, started past its unit', async () => {
    const verdict = await judged(() => impostor('cmon'));
    named(verdict, ['I3', 'cc1', 'cc2']);
  });

  it('I4: lsyncd on the standby', async () => {
    const verdict = await judged(() => impostor('lsyncd'));
    named(verdict, ['I4', 'cc1', 'cc2']);
  });

  /** A process of that name on cc2 for 0.3 s. The true lsyncd would wipe files on cc1. */
  async function impostor(name: string): Promise<void> {
    await lab.mustConsole('cc2', `cp /bin/sleep /run/${name} && /run/${name} 0.3; rm -f /run/${name}`);
  }

  it('I5: an acknowledged row is deleted', async () => {
    const verdict = await judged(async () => {
      const newest = 'SELECT MAX(run) FROM (SELECT run FROM referee.acknowledged) AS runs';
      const change = `DELETE FROM referee.acknowledged WHERE account = 'ordinary' AND id = 2 AND run = (${newest})`;
      await waitFor(
        'row 2',
        5000,
        async () => (await sql(lab, 'cc1', `${change}; SELECT ROW_COUNT()`)).trim() === '1',
      );
    });
    named(verdict, ['I5', 'cc1']);
    assert.match(verdict.violations[0]?.evidence[0] ?? '', /^1 of \d+ .*ordinary.* not on cc1: 2;/);
  });

  it('I5: commits that only a doomed host has', async () => {
    const verdict = await judged(async () => {
      await sql(lab, 'cc2', 'STOP REPLICA IO_THREAD');
      const before = await countRows('cc1');
      await waitFor('writes that cc2 does not get', 5000, async () => (await countRows('cc1')) > before + 5);
    }, 'cc2');
    await sql(lab, 'cc2', 'START REPLICA');
    named(verdict, ['I5', 'cc1']);
    assert.match(verdict.violations[0]?.evidence.join('\n') ?? '', /acknowledged by cc1 are not on cc2/);
  });

  it('I6: SNAT is gone from the VIP holder', async () => {
    const verdict = await judged(async () => {
      await lab.mustConsole(
        'cc1',
        'rules=$(iptables-save -t nat) && iptables -t nat -F POSTROUTING && sleep 0.6; printf "%s\\n" "$rules" | iptables-restore',
      );
    });
    named(verdict, ['I6', 'cc1']);
  });

  it('I6: SNAT is left where the VIP is not', async () => {
    const rule = `POSTROUTING -o eth0 -d 203.0.113.1 -j SNAT --to-source ${VIP}`;
    const verdict = await judged(async () => {
      await lab.mustConsole('cc2', `iptables -t nat -A ${rule}; sleep 0.6; iptables -t nat -D ${rule}`);
    });
    named(verdict, ['I6', 'cc2']);
  });

  it('I6: up to 250 ms is settling', async () => {
    const rule = `POSTROUTING -o eth0 -d 203.0.113.1 -j SNAT --to-source ${VIP}`;
    const verdict = await judged(async () => {
      await lab.mustConsole('cc2', `iptables -t nat -A ${rule}; sleep 0.1; iptables -t nat -D ${rule}`);
    });
    named(verdict);
  });

  it('I7: an old primary returns as the writer', async () => {
    // Or lsyncd would run on cc1 while cc2 is the writer: I4.
    await lab.mustConsole('cc1', 'systemctl stop lsyncd');
    const verdict = await judged(async (referee) => {
      const writes = async (host: ControllerName): Promise<void> => {
        const before = await countRows(host);
        await waitFor(`a write on ${host}`, 5000, async () => (await countRows(host)) > before + 2);
      };
      await referee.permit('cc2');
      await sql(lab, 'cc1', CLOSE);
      await sql(lab, 'cc2', OPEN);
      await writes('cc2');
      await sql(lab, 'cc2', CLOSE);
      await sql(lab, 'cc1', OPEN);
      await writes('cc1');
    });
    await healErrant();
    await lab.mustConsole('cc1', 'systemctl start lsyncd');
    named(verdict, ['I7', 'cc1'], ['I5', 'cc2']);
  });

  it('knows when it was starved: no violation, and not clean', async () => {
    const verdict = await judged(async (referee) => {
      assert.ok(referee.pid !== undefined);
      process.kill(referee.pid, 'SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, 1500));
      process.kill(referee.pid, 'SIGCONT');
    });
    named(verdict);
    assert.equal(verdict.clean, false, verdictText(verdict));
    assert.ok(
      verdict.blind.some((spot) => spot.watch === 'referee'),
      verdictText(verdict),
    );
  });

  it('does not take a server that gives no answer for a closed one', async () => {
    const verdict = await judged(async () => {
      await lab.mustConsole('cc2', 'pkill -STOP -x mysqld; sleep 1.5; pkill -CONT -x mysqld');
    });
    named(verdict);
    const blind = verdict.blind.filter((spot) => spot.host === 'cc2').map((spot) => spot.watch);
    assert.deepEqual([...new Set(blind)].sort(), ['write/console', 'write/ordinary', 'write/privileged']);
  });

  it('keeps an excused violation apart, with its reason', async () => {
    const verdict = await judged((referee) =>
      referee.excuse('I3', 'provoked by this test', () => impostor('cmon')),
    );
    named(verdict);
    assert.deepEqual(
      verdict.excused.map((one) => [one.invariant, one.reason]),
      [['I3', 'provoked by this test']],
    );
  });
});
