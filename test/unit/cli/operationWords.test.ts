import assert from 'node:assert/strict';
import { parseOptions } from '../../../src/cli/args';
import { UsageError } from '../../../src/cli/exitCodes';
import { checkTarget, operationWords } from '../../../src/cli/operationWords';
import type { Site } from '../../../src/core/inventory/site';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import { exampleSite, observed } from '../observation';

const site = exampleSite() as Site;
const wordsOf = (...argv: readonly string[]) => operationWords(parseOptions(argv));
const usage = (message: RegExp) => (error: unknown) =>
  error instanceof UsageError && message.test(error.message);

describe('what plan and run are asked for', () => {
  it('an operation and its target; the mode is the default of the operation', () => {
    const promotion = { operation: 'promote', target: 'cc2', mode: 'planned' };
    assert.deepEqual(wordsOf('run', 'promote', 'cc2'), promotion);
    assert.deepEqual(wordsOf('run', 'promote', 'cc2', '--mode', 'planned'), promotion);
    assert.equal(wordsOf('run', 'failover', 'cc2').mode, 'emergency');
    assert.equal(wordsOf('run', 'failover', 'cc2', '--mode', 'half-way').mode, 'half-way');
    assert.equal(wordsOf('plan', 'deploy').target, 'all');
  });

  for (const [operation, mode, has] of [
    ['failover', 'halfway', /no mode "halfway"; it has: emergency, half-way$/],
    ['failover', 'planned', /no mode "planned"; it has: emergency, half-way$/],
    ['failover', '', /no mode ""/],
    ['promote', 'half-way', /no mode "half-way"; it has: planned$/],
    ['deploy', 'emergency', /it has: planned$/],
  ] as const) {
    it(`${operation} in the mode "${mode}" is refused, with the modes that there are`, () => {
      assert.throws(() => wordsOf('run', operation, 'cc2', '--mode', mode), usage(has));
    });
  }
});

describe('targets of an operation', () => {
  const { operations } = replicationScheme;
  const check = (operation: string, target: string): void =>
    checkTarget(site, { operation, target, mode: '' });

  it('a host that the site lacks is refused, with those that it has', () => {
    assert.throws(
      () => check('promote', 'cc3'),
      usage(/promote of dc1 has no target cc3; it has: cc1, cc2$/),
    );
    assert.throws(() => check('deploy', 'cc3'), usage(/it has: all, cc1, cc2, prom$/));
    assert.throws(() => check('rotate', 'cmon'), usage(/it has: all, replication, clone$/));
  });

  for (const id of ['promote', 'failover', 'rejoin', 'close', 'reopen', 'setup']) {
    it(`${id}: every controller, and no other host`, () => {
      for (const name of ['cc1', 'cc2']) check(id, name);
      assert.throws(() => check(id, 'prom'), UsageError);
      assert.throws(() => check(id, 'all'), UsageError);
    });
  }

  for (const operation of operations) {
    it(`${operation.id}: the words are the same whatever was observed`, () => {
      const words = operation.targets(exampleSite(), observed()).map(({ host }) => host);
      assert.ok(words.length > 0);
      for (const word of words) check(operation.id, word);
    });
  }
});
