import assert from 'node:assert/strict';
import { DEFAULT_POLICY } from '../../../src/core/run/deps';
import { Lease } from '../../../src/core/run/lease';
import { LeaseCalls, leaseHolder } from '../../../src/core/run/leaseCalls';
import { Wire } from '../../../src/core/run/wire';
import { promotionSketch, sketchPlan } from './world/plans';
import { World } from './world/world';

function leaseOn(
  world: World,
  lost: string[] = [],
  operator = 'ann',
  far: Readonly<Record<string, number>> = {},
): Lease {
  const deps = world.deps(undefined, far);
  const wire = new Wire(deps.sessions, deps.clock);
  const calls = new LeaseCalls(world.plan, leaseHolder(operator, 'p'), wire, deps, DEFAULT_POLICY);
  return new Lease(world.plan.leaseHosts, calls, deps.clock, DEFAULT_POLICY, false, () => 7, {
    held: () => undefined,
    released: () => undefined,
    lost: (host, _, overtaken) => lost.push(`${host} ${overtaken ? 'overtaken' : 'dead'}`),
  });
}

const newWorld = (): World => new World(sketchPlan(promotionSketch()));
const anybody = (): undefined => undefined;

describe('lease', () => {
  it('lives as long as it is renewed, and half a life longer', async () => {
    const world = newWorld();
    const lost: string[] = [];
    const lease = leaseOn(world, lost);
    assert.deepEqual(await world.clock.until(lease.take(7)), { taken: true });
    lease.startRenewing();
    await world.clock.pass(120_000);
    assert.deepEqual([lease.deadHosts(), lost], [[], []]);
    world.away.add('cc2');
    await world.clock.pass(11_000);
    assert.deepEqual(lease.deadHosts(), []);
    await world.clock.pass(5_000);
    assert.deepEqual(lease.deadHosts(), ['cc2']);
    await world.clock.pass(3_000);
    assert.deepEqual(lost, ['cc2 dead']);
    world.away.clear();
    await world.clock.pass(4_000);
    assert.deepEqual(lease.deadHosts(), [], 'the host had not given it up yet');
    lease.stopRenewing();
    await world.clock.pass(16_000);
    assert.deepEqual(lease.deadHosts(), ['cc1', 'cc2']);
  });

  it('says that it was overtaken, also where it was dead before', async () => {
    const world = newWorld();
    const lost: string[] = [];
    const lease = leaseOn(world, lost);
    await world.clock.until(lease.take(7));
    lease.startRenewing();
    world.away.add('cc1');
    await world.clock.pass(20_000);
    world.away.clear();
    await world.clock.until(leaseOn(world, [], 'bob').raise(['cc1', 'cc2'], anybody));
    await world.clock.pass(4_000);
    lease.stopRenewing();
    assert.deepEqual(lost, ['cc1 dead', 'cc1 overtaken', 'cc2 overtaken']);
  });

  it('raised while a host is away: that one is no longer held, and hears nothing with the old token', async () => {
    const world = newWorld();
    const lease = leaseOn(world);
    await world.clock.until(lease.take(7));
    lease.startRenewing();
    world.away.add('cc2');
    const result = await world.clock.until(lease.raise(['cc1', 'cc2'], anybody));
    assert.deepEqual([result.raised, [...result.away.keys()]], [['cc1'], ['cc2']]);
    world.away.clear();
    const before = world.host('cc2').lease?.renewedAtMs;
    await world.clock.pass(10_000);
    assert.equal(world.host('cc2').lease?.renewedAtMs, before);
    assert.deepEqual([lease.tokenOf('cc1'), lease.tokenOf('cc2')], [8, undefined]);
    lease.stopRenewing();
  });

  it('of two who raise at once, one gets all hosts and the other none', async () => {
    for (let delayMs = 0; delayMs < 12; delayMs++) {
      const world = newWorld();
      await world.clock.until(leaseOn(world).take(7));
      const seven = (lease: { token: number; operator: string }): string | undefined =>
        lease.token === 7 ? undefined : lease.operator;
      const first = leaseOn(world, [], 'bob', { cc2: 5 }).raise(['cc1', 'cc2'], seven);
      const second = world.clock
        .sleep(delayMs)
        .then(() => leaseOn(world, [], 'eve', { cc1: 5 }).raise(['cc1', 'cc2'], seven));
      const both = await world.clock.until(Promise.all([first, second]));
      assert.deepEqual(both.map((result) => result.raised.length).sort(), [0, 2], `${delayMs} ms`);
      assert.equal(both.filter((result) => result.overtakenBy !== undefined).length, 1);
    }
  });

  it("raised above a host's own guard, whenever that raises it", async () => {
    for (let delayMs = 0; delayMs < 30; delayMs++) {
      const world = newWorld();
      await world.clock.until(leaseOn(world).take(7));
      const raise = leaseOn(world, [], 'ann', { cc1: 5, cc2: 5 }).raise(['cc1', 'cc2'], anybody);
      const guard = world.clock.sleep(delayMs).then(() => world.host('cc2').guardRaises());
      const [result] = await world.clock.until(Promise.all([raise, guard]));
      assert.deepEqual(
        result,
        { raised: ['cc1', 'cc2'], away: new Map(), overtakenBy: undefined },
        `${delayMs} ms`,
      );
    }
  });

  it('names its holder by one word', () => {
    assert.equal(leaseHolder('Ann Ödön@host', '12 x'), 'Ann-d-n@host/12-x');
  });
});

describe('a raise that was taken for lost', () => {
  /** Of one lease host: its first raise waits for the lock until after the second has been sent. */
  async function raisedTwice(late: Lease, again: Lease, world: World) {
    const host = world.host('cc1');
    await world.clock.until(late.take(7));
    let release = (): void => undefined;
    const blocked = new Promise<void>((resolve) => (release = resolve));
    const execute = host.execute.bind(host);
    let raises = 0;
    host.execute = async (command, fault) => {
      if (command.script.includes(' lease raise ') && ++raises === 1) {
        // Carried out right before the next one, which was composed by the same status.
        void blocked.then(() => execute(command, fault));
        throw new Error('connection lost');
      }
      if (command.script.includes(' lease raise ') && raises === 2) {
        release();
        await world.clock.sleep(1);
      }
      return execute(command, fault);
    };
    const first = await world.clock.until(late.raise(['cc1'], anybody));
    assert.deepEqual([...first.away.keys()], ['cc1']);
    return world.clock.until(again.raise(['cc1'], anybody));
  }

  it('and comes late is no other operator: the next one goes above it', async () => {
    const world = new World(sketchPlan(promotionSketch(), { leaseHosts: ['cc1'] }));
    const lease = leaseOn(world);
    const result = await raisedTwice(lease, lease, world);
    assert.deepEqual(result, { raised: ['cc1'], away: new Map(), overtakenBy: undefined });
    assert.deepEqual([lease.tokenOf('cc1'), world.host('cc1').lease?.token], [9, 9]);
  });

  it('by another process of this plan is one', async () => {
    const world = new World(sketchPlan(promotionSketch(), { leaseHosts: ['cc1'] }));
    const result = await raisedTwice(leaseOn(world), leaseOn(world, [], 'bob'), world);
    assert.match(result.overtakenBy ?? '', /Somebody else took the lease on cc1/);
  });
});
