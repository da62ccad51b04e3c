import assert from 'node:assert/strict';
import { HostIsOff } from '../../host/console';
import { Lab } from '../../lab';
import { HOSTS } from '../../site';

describe('console', () => {
  const lab = Lab.current();

  for (const host of HOSTS) {
    it(`runs on ${host}, in its own namespaces`, async () => {
      assert.equal((await lab.mustConsole(host, 'hostname')).trim(), host);
      assert.equal((await lab.mustConsole(host, 'cat /proc/1/comm')).trim(), 'systemd');
    });
  }

  it('keeps output, errors and exit code apart, and newlines as they are', async () => {
    const outcome = await lab.console('cc1', `printf 'a\\n\\nb'; echo "it's" >&2; exit 7`);
    assert.deepEqual(outcome, { code: 7, stdout: 'a\n\nb', stderr: "it's\n" });
  });

  it('hands input to the script', async () => {
    const input = "it's\n$HOME `id`\n\u00fc";
    assert.equal(await lab.mustConsole('cc2', 'cat', { input }), input);
  });

  it('runs side by side', async () => {
    const begin = performance.now();
    await Promise.all([1, 2, 3].map(() => lab.mustConsole('prom', 'sleep 0.5')));
    assert.ok(performance.now() - begin < 1200);
  });

  it('is fast enough to poll with', async () => {
    await lab.console('cc1', 'true');
    const begin = performance.now();
    for (let i = 0; i < 100; i += 1) await lab.console('cc1', 'true');
    const each = (performance.now() - begin) / 100;
    assert.ok(each < 20, `${each} ms a call`);
  });

  it('ends a script that takes too long', async () => {
    await assert.rejects(lab.console('cc1', 'sleep 47', { timeoutMs: 200 }), /longer than 200 ms/);
    assert.equal((await lab.console('cc1', 'pgrep -f "sleep 47"')).code, 1, 'the script is still there');
  });

  it('says when the host is off, also in the midst of a script', async () => {
    const running = lab.console('prom', 'sleep 60');
    const ended = assert.rejects(running, HostIsOff);
    await lab.mustConsole('prom', 'true');
    await lab.powerOff('prom', 'hard');
    await ended;
    await assert.rejects(lab.console('prom', 'true'), HostIsOff);
    await lab.powerOn('prom');
    await lab.mustConsole('prom', 'true');
  });
});
