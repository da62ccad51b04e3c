import assert from 'node:assert/strict';
import { startCmon } from '../documented/cmon';
import { waitForVip } from '../documented/deploy';
import { replicateFrom, sql } from '../documented/mysql';
import { Lab } from '../lab';
import { verdictText } from '../referee/judge/text';
import { Referee, Stopwatch } from '../referee/referee';
import { peerOf, UNITS, VIP, type ControllerName } from '../site';
import { waitFor } from '../wait';

/** Real handovers, made by hand: what the referee says of them when all is done right. */
describe('referee and stopwatch over a promotion by hand', () => {
  const lab = Lab.current();

  async function handOver(from: ControllerName, referee: Referee): Promise<void> {
    const to = peerOf(from);
    await referee.permit(to);
    await lab.mustConsole(from, `systemctl stop lsyncd ${UNITS.join(' ')}`);
    await sql(lab, from, 'SET GLOBAL super_read_only = ON');
    const all = (await sql(lab, from, 'SELECT @@GLOBAL.gtid_executed')).replaceAll('\\n', '').trim();
    const waited = await sql(lab, to, `SELECT WAIT_FOR_EXECUTED_GTID_SET('${all}', 20)`);
    assert.equal(waited.trim(), '0');
    await sql(lab, to, 'STOP REPLICA; RESET REPLICA ALL');
    // SNAT first: keepalived gives the VIP up at once, but its stop returns a second later.
    await lab.mustConsole(
      from,
      `iptables -t nat -D POSTROUTING -o eth0 -j SNAT --to-source ${VIP} 2>/dev/null; systemctl stop keepalived`,
    );
    await waitForVip(lab, to);
    await sql(lab, to, 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF');
    await startCmon(lab, to);
    await lab.mustConsole(to, 'systemctl start lsyncd');
    await replicateFrom(lab, to);
    await lab.mustConsole(from, 'systemctl start keepalived');
    await waitFor(`keepalived on ${from} to be BACKUP`, 10_000, async () => {
      const log = await lab.mustConsole(
        from,
        'journalctl -b -u keepalived -o cat | grep "Entering .* STATE" | tail -1',
      );
      return log.includes('BACKUP');
    });
  }

  async function noErrant(primary: ControllerName): Promise<void> {
    const executed = async (host: ControllerName): Promise<string> =>
      (await sql(lab, host, 'SELECT @@GLOBAL.gtid_executed')).replaceAll('\\n', '').trim();
    const standby = await executed(peerOf(primary));
    const query = `SELECT GTID_SUBTRACT('${standby}', '${await executed(primary)}')`;
    assert.equal((await sql(lab, primary, query)).trim(), '');
  }

  it('there and back: nothing to report, and the outages as figures', async function () {
    this.timeout(300_000);
    const referee = await Referee.watch();
    const stopwatch = await Stopwatch.start();
    await handOver('cc1', referee);
    const measured = await stopwatch.finish();
    await handOver('cc2', referee);
    const verdict = await referee.finish();
    const text = verdictText(verdict);
    console.log(text.replace(/^/gm, '      '));
    console.log(`      ${JSON.stringify(measured)}`);
    assert.equal(verdict.clean, true, text);
    assert.deepEqual(
      verdict.figures.writerHandovers.map(({ from, to }) => [from, to]),
      [
        ['cc1', 'cc2'],
        ['cc2', 'cc1'],
      ],
    );
    const [seen] = verdict.figures.writerHandovers;
    const [moved] = verdict.figures.vipHandovers;
    assert.ok(seen && moved && measured.writeOutage && measured.vipGap);
    // The stopwatch writes as cmon does: its outage begins with cmon's stop and ends with cmon's start.
    assert.ok(measured.writeOutage.durationMs > seen.durationMs, text);
    assert.deepEqual([measured.writeOutage.from, measured.writeOutage.to], ['cc1', 'cc2']);
    // Both heard the same two events.
    assert.ok(Math.abs(measured.vipGap.durationMs - moved.durationMs) < 20, text);
    assert.ok((measured.vipSilence?.durationMs ?? 0) > measured.vipGap.durationMs - 20, text);
    assert.ok((measured.managementOutage['9500']?.durationMs ?? 0) > measured.vipGap.durationMs, text);
    await noErrant('cc1');
  });
});
