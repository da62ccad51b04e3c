import assert from 'node:assert/strict';
import { rewritesSourceTo } from '../../lab/referee/judge/nat';
import { snatAstray, snatSettling, type SnatSample } from '../../lab/referee/judge/snat';

const VIP = '192.168.73.200';

/** A look every 50 ms that takes 2 ms. */
function looks(host: string, fromMs: number, toMs: number, present: boolean): SnatSample[] {
  const samples: SnatSample[] = [];
  for (let startMs = fromMs; startMs < toMs; startMs += 50) {
    samples.push({ host, startMs, endMs: startMs + 2, present });
  }
  return samples;
}

describe('referee: I6, SNAT exactly where the VIP is', () => {
  const moved = [
    { host: 'cc1', fromMs: 0, toMs: 1000, endedByPower: false },
    { host: 'cc2', fromMs: 1001, toMs: 3000, endedByPower: false },
  ];

  it('up to 250 ms is settling, and a figure', () => {
    const samples = [
      ...looks('cc1', 10, 1200, true),
      ...looks('cc1', 1200, 3000, false),
      ...looks('cc2', 10, 1040, false),
      ...looks('cc2', 1040, 3000, true),
    ];
    assert.deepEqual(snatAstray(samples, moved), []);
    assert.deepEqual(
      snatSettling(samples, moved, 3000).map((one) => [one.host, one.withinMs]),
      [
        ['cc1', 202],
        ['cc2', 41],
      ],
    );
  });

  it('a host that went off has nothing to settle', () => {
    const off = moved.map((one) => ({ ...one, endedByPower: one.host === 'cc1' }));
    const samples = [...looks('cc1', 10, 900, true), ...looks('cc1', 2000, 3000, false)];
    assert.deepEqual(snatSettling(samples, off, 3000), []);
  });

  it('SNAT left behind is named', () => {
    const samples = [...looks('cc1', 10, 1400, true), ...looks('cc1', 1400, 3000, false)];
    const [violation, ...others] = snatAstray(samples, moved);
    assert.equal(others.length, 0);
    assert.deepEqual([violation?.invariant, violation?.hosts], ['I6', ['cc1']]);
    assert.match(violation?.evidence[0] ?? '', /has SNAT and not the VIP/);
  });

  it('SNAT missing until the end is named', () => {
    const [violation] = snatAstray(looks('cc2', 10, 3000, false), moved);
    assert.deepEqual(violation?.hosts, ['cc2']);
    assert.match(violation?.evidence[0] ?? '', /holds the VIP and has no SNAT/);
  });

  it('a look during which the VIP moved says nothing', () => {
    const blurred = [{ host: 'cc1', startMs: 900, endMs: 1500, present: true }];
    assert.deepEqual(snatAstray(blurred, moved), []);
  });

  it('what the first look finds did not settle then', () => {
    assert.deepEqual(
      snatSettling(
        looks('cc1', 10, 500, true),
        [{ host: 'cc1', fromMs: 5, toMs: 500, endedByPower: false }],
        500,
      ),
      [],
    );
  });
});

describe('referee: rules that rewrite to the VIP', () => {
  const direct = `*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -o eth0 -j SNAT --to-source ${VIP}\nCOMMIT\n`;
  const chain = `*nat\n:POSTROUTING ACCEPT [0:0]\n:CMON_SNAT - [0:0]\n-A POSTROUTING -o eth0 -j CMON_SNAT\n-A CMON_SNAT -p vrrp -j RETURN\n-A CMON_SNAT -j SNAT --to-source ${VIP}\nCOMMIT\n`;

  it('directly, or in a chain that is jumped to', () => {
    assert.equal(rewritesSourceTo(VIP, direct), true);
    assert.equal(rewritesSourceTo(VIP, chain), true);
  });

  it('not in a chain that nothing reaches, not to another address, not in a circle', () => {
    assert.equal(rewritesSourceTo(VIP, chain.replace('-A POSTROUTING -o eth0 -j CMON_SNAT\n', '')), false);
    assert.equal(rewritesSourceTo('192.168.73.20', direct), false);
    assert.equal(rewritesSourceTo(VIP, '-A POSTROUTING -j A\n-A A -j POSTROUTING\n'), false);
    assert.equal(rewritesSourceTo(VIP, ''), false);
  });
});
