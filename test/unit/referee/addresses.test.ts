import assert from 'node:assert/strict';
import { twoHolders, vipHandovers, type AddressEvent } from '../../lab/referee/judge/addresses';
import { parseMonitorLine } from '../../lab/referee/judge/monitor';

const event = (host: string, held: boolean, atMs: number): AddressEvent => ({
  host,
  held,
  atMs,
  source: 'address event',
});

describe('referee: I2, two VIP holders', () => {
  it('names both and the time, even when the reading gave both events one time', () => {
    const events = [event('cc1', true, 0), event('cc2', true, 50), event('cc1', false, 50)];
    assert.deepEqual(
      twoHolders(events, 100).map((one) => [one.invariant, one.hosts, one.fromMs, one.toMs]),
      [['I2', ['cc1', 'cc2'], 50, 50]],
    );
  });

  it('counts until the end when nobody gives it up', () => {
    const [violation] = twoHolders([event('cc1', true, 0), event('cc2', true, 50)], 100);
    assert.equal(violation?.toMs, 100);
    assert.match(violation?.evidence.at(-1) ?? '', /still so/);
  });

  it('has nothing against a handover, and measures it', () => {
    const events = [event('cc1', true, 0), event('cc1', false, 50), event('cc2', true, 51.5)];
    assert.deepEqual(twoHolders(events, 100), []);
    assert.deepEqual(vipHandovers(events, 100), [
      { from: 'cc1', to: 'cc2', fromMs: 50, toMs: 51.5, durationMs: 1.5 },
    ]);
  });

  it('a host that loses and regets the VIP hands nothing over', () => {
    const events = [event('cc1', true, 0), event('cc1', false, 50), event('cc1', true, 60)];
    assert.deepEqual(vipHandovers(events, 100), []);
  });
});

describe('referee: lines of ip monitor', () => {
  // As ip (iproute2 6.1) prints them.
  const added =
    '[2026-11-21T01:19:58.656413] [nsid 0]2: v1    inet 192.168.73.200/32 scope global eth0\\       valid_lft forever preferred_lft forever';
  const removed =
    '[2026-11-21T01:19:58.659881] [nsid 1]Deleted 2: v1    inet 192.168.73.200/32 scope global eth0\\       valid_lft forever preferred_lft forever';
  const unplugged =
    '[2026-11-21T01:19:58.895401] [nsid current]Deleted 3: v2@NONE: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default \\    link/ether 1e:24:00:b0:6b:46 brd ff:ff:ff:ff:ff:ff';

  it('addresses with their namespace and microseconds', () => {
    const line = parseMonitorLine(added);
    assert.ok(line?.kind === 'address');
    assert.deepEqual([line.nsid, line.address, line.held], [0, '192.168.73.200', true]);
    assert.ok(Math.abs(line.wallMs - Date.UTC(2026, 10, 21, 1, 19, 58) - 656.413) < 0.01);
    const other = parseMonitorLine(removed);
    assert.ok(other?.kind === 'address');
    assert.deepEqual([other.nsid, other.held], [1, false]);
  });

  it('a link that is gone takes its host along', () => {
    const line = parseMonitorLine(unplugged);
    assert.ok(line?.kind === 'link-deleted');
    assert.equal(line.ifindex, 3);
  });

  it('other lines say nothing', () => {
    assert.equal(parseMonitorLine(added.replace('inet ', 'inet6 ')), undefined);
    assert.equal(parseMonitorLine(unplugged.replace('Deleted ', '')), undefined);
    assert.equal(parseMonitorLine(''), undefined);
  });
});
