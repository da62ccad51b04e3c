import assert from 'node:assert/strict';
import { sql } from '../documented/mysql';
import { Lab } from '../lab';
import { Referee, Stopwatch } from '../referee/referee';
import { verdictText } from '../referee/judge/text';
import { waitFor } from '../wait';

const QUIET_MS = 5000;

describe('referee on a healthy site', () => {
  const lab = Lab.current();

  it('has nothing to report, and has seen enough to say so', async function () {
    this.timeout(150_000);
    const referee = await Referee.watch();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    const verdict = await referee.finish();
    const text = verdictText(verdict);
    console.log(text.replace(/^/gm, '      '));
    assert.equal(verdict.clean, true, text);
    const { acknowledgedWrites: writes, acknowledgedHeartbeats: beats } = verdict.figures;
    assert.ok((writes['cc1'] ?? 0) > 100, text);
    assert.equal(writes['cc2'], 0, 'a standby that refuses creates nothing');
    assert.ok((beats['cc1'] ?? 0) > QUIET_MS / 100 / 2, text);
  });

  it('leaves no transaction on the standby that the primary lacks', async () => {
    const executed = async (host: 'cc1' | 'cc2'): Promise<string> =>
      (await sql(lab, host, 'SELECT @@GLOBAL.gtid_executed')).trim();
    const standby = await executed('cc2');
    const query = `SELECT GTID_SUBTRACT('${standby.replaceAll('\\n', '')}', '${(await executed('cc1')).replaceAll('\\n', '')}')`;
    assert.equal((await sql(lab, 'cc1', query)).trim(), '');
  });
});

describe('stopwatch', () => {
  const lab = Lab.current();

  it('measures how long nobody answered the ping through the VIP, and invents no handover', async function () {
    this.timeout(150_000);
    const stopwatch = await Stopwatch.start();
    const answers = async (): Promise<boolean> =>
      (await lab.console('cc1', 's9s cluster --ping --cluster-id=0')).stdout.startsWith('PING Ok');
    await waitFor('a first answer', 5000, answers);
    const begin = performance.now();
    await lab.mustConsole('cc1', 'systemctl stop cmon');
    const stoppedMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const startMs = performance.now();
    await lab.mustConsole('cc1', 'systemctl start cmon');
    await waitFor('cmon to answer again', 20_000, answers);
    const end = performance.now();
    const measured = await stopwatch.finish();
    console.log(`      ${JSON.stringify(measured)}`);
    for (const port of ['9500', '9501']) {
      const pause = measured.managementOutage[port]?.durationMs ?? 0;
      assert.ok(pause >= startMs - stoppedMs, `${port}: ${String(pause)} ms`);
      assert.ok(pause <= end - begin + 50, `${port}: ${String(pause)} ms`);
    }
    assert.equal(measured.writeOutage, undefined);
    assert.equal(measured.vipGap, undefined);
    assert.ok((measured.vipSilence?.durationMs ?? Infinity) < 100, 'the VIP itself answered all the time');
  });
});
