import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addressNumber,
  addressText,
  isHostOf,
  networkOf,
  overlaps,
  parseNetwork,
  smallestNetwork,
} from '../../../src/core/inventory/ipv4';
import { nearest } from '../../../src/core/inventory/nearest';

const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('IPv4 arithmetic', () => {
  it('reads back every address that it writes', () => {
    fc.assert(fc.property(number, (n) => assert.equal(addressNumber(addressText(n)), n)));
  });

  it('finds the smallest network of /24 or larger that holds two addresses', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const network = smallestNetwork([addressText(a), addressText(b)]);
        const same = (length: number) =>
          Math.floor(a / 2 ** (32 - length)) === Math.floor(b / 2 ** (32 - length));
        const lengths = Array.from({ length: 17 }, (_, n) => 24 - n).filter(same);
        assert.equal(network?.prefixLength, lengths[0]);
      }),
    );
  });

  it('calls networks overlapping exactly when one holds the other', () => {
    fc.assert(
      fc.property(
        number,
        fc.integer({ min: 8, max: 30 }),
        number,
        fc.integer({ min: 8, max: 30 }),
        (a, m, b, n) => {
          const [x, y] = [networkOf(addressText(a), m), networkOf(addressText(b), n)];
          const last = (one: typeof x) => one.first + 2 ** (32 - one.prefixLength) - 1;
          assert.equal(overlaps(x, y), x.first <= last(y) && y.first <= last(x));
        },
      ),
    );
  });

  it('keeps the network and broadcast addresses from being hosts', () => {
    const network = parseNetwork('192.168.73.0/25');
    const hosts = ['192.168.73.0', '192.168.73.1', '192.168.73.126', '192.168.73.127', '192.168.73.128'];
    assert.deepEqual(
      hosts.map((host) => isHostOf(network, host)),
      [false, true, true, false, false],
    );
  });
});

describe('the nearest known word', () => {
  it('is found for a slip of the finger, whichever it is', () => {
    const known = ['controllers', 'prometheus', 'keepalived', 'vip', 'network'];
    const slips = {
      contollers: 'controllers',
      promethues: 'prometheus',
      keepalive: 'keepalived',
      vpi: 'vip',
      Network: 'network',
    };
    for (const [word, meant] of Object.entries(slips)) assert.equal(nearest(word, known), meant);
  });

  it('is none for another word', () => {
    for (const word of ['colour', 'xyz', 'zzzzzzzzzzzz', 'n'.repeat(1000)]) {
      assert.equal(nearest(word, ['controllers', 'prometheus', 'vip']), undefined, word);
    }
  });
});
