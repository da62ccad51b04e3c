import assert from 'node:assert/strict';
import { Lab } from '../../lab';

describe('disk', () => {
  const lab = Lab.current();
  const freeKb = async (): Promise<number> =>
    Number((await lab.mustConsole('cc2', 'df --output=avail -k /var | tail -1')).trim());

  afterEach(() => lab.freeDisk('cc2'));

  it('is limited', async () => {
    const sizeKb = Number((await lab.mustConsole('cc2', 'df --output=size -k / | tail -1')).trim());
    assert.ok(sizeKb < 2_000_000, `${sizeKb} KB`);
  });

  it('can be full, and free again', async () => {
    const before = await freeKb();
    await lab.fillDisk('cc2');
    const full = await lab.console('cc2', 'dd if=/dev/zero of=/var/more bs=64k count=16');
    await lab.mustConsole('cc2', 'rm -f /var/more');
    assert.match(full.stderr, /No space left/);
    await lab.freeDisk('cc2');
    assert.ok((await freeKb()) > before - 50_000);
  });

  it('can be nearly full', async () => {
    await lab.fillDisk('cc2', 20_000);
    const left = await freeKb();
    assert.ok(left > 10_000 && left < 30_000, `${left} KB left`);
  });
});
