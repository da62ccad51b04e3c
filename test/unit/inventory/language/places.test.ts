import assert from 'node:assert/strict';
import { InventoryLanguage } from '../../../../src/core/inventory/language/language';
import { PAIR } from './marked';

const FILE = 'a.yaml';
const language = new InventoryLanguage();

const TWO = `version: 1
sites:
${['10.0.0', '10.0.1'].map((net, n) => `  dc${n + 1}:\n    scheme: replication\n    vip: ${net}.200\n`).join('')}`;

/** The text after every range was replaced, from the end on. */
function renamed(text: string, offset: number, name: string): string {
  const named = language.controller(FILE, text, offset);
  assert.ok(named);
  return [...language.rename(FILE, text, named, name)]
    .sort((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => rest.slice(0, start) + name + rest.slice(end), text);
}

describe('names of controllers', () => {
  it('are found from their key and from a jump host', () => {
    const key = PAIR.indexOf('cc1:');
    for (const offset of [key, key + 3, PAIR.indexOf('cc1:22') + 1]) {
      const named = language.controller(FILE, PAIR, offset);
      assert.equal(named?.name, 'cc1');
      assert.deepEqual(named.definition, { start: key, end: key + 3 });
    }
    assert.equal(language.controller(FILE, PAIR, PAIR.indexOf('gate')), undefined);
  });

  it('are renamed everywhere, and nothing else changes', () => {
    const expected = PAIR.replace('cc1: {', 'ccA: {').replace('root@cc1:22', 'root@ccA:22');
    assert.equal(renamed(PAIR, PAIR.indexOf('cc1:22'), 'ccA'), expected);
    const quoted = PAIR.replace('cc1: {', '"cc1": {');
    assert.match(renamed(quoted, quoted.indexOf('cc1'), 'ccA'), /"ccA": \{ address: 192\.168\.73\.201/);
  });

  it('are not renamed to what no host can be called, or what is taken', () => {
    for (const name of ['cc2', '$(reboot)', '', '1.2', 'a b', 'a\nb']) {
      assert.throws(() => renamed(PAIR, PAIR.indexOf('cc1:'), name), RangeError, name);
    }
  });
});

describe('outline', () => {
  it('has sites, hosts and sections, each name inside of its range', () => {
    const [{ start, item: site } = assert.fail('no site')] = language.outline(FILE, PAIR);
    assert.equal(site.name, 'dc1');
    assert.equal(site.detail, 'replication · 192.168.73.200');
    assert.deepEqual(
      site.children.map(({ name }) => name),
      ['scheme', 'vip', 'controllers', 'prometheus'],
    );
    const controllers = site.children[2]?.children ?? [];
    assert.deepEqual(
      controllers.map(({ name, kind, detail }) => [name, kind, detail]),
      [
        ['cc1', 'host', '192.168.73.201'],
        ['cc2', 'host', '192.168.73.202'],
      ],
    );
    for (const { name, selection } of [site, ...site.children, ...controllers]) {
      assert.equal(PAIR.slice(start + selection.start, start + selection.end), name);
    }
  });

  it('keeps what it said of a site that did not change, wherever that stands now', () => {
    const before = language.outline(FILE, TWO);
    const typed = TWO.replace('10.0.0.200', '10.0.0.20');
    const after = language.outline(FILE, typed);
    assert.deepEqual([before.length, after.length], [2, 2]);
    assert.notEqual(after[0]?.item, before[0]?.item);
    assert.equal(after[1]?.item, before[1]?.item);
    assert.equal(after[1]?.start, typed.indexOf('dc2'));
  });

  it('does not mistake one name for another that shares its value by an alias', () => {
    const text = 'version: 1\nsites:\n  a: &one\n    vip: 10.0.0.1\n  b: *one\n';
    const names = (): (string | undefined)[] => language.outline(FILE, text).map(({ item }) => item.name);
    assert.deepEqual(
      [names(), names()],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    );
  });
});

describe('lenses', () => {
  it('stand at each site, with the election at the keys that decide it', () => {
    const lenses = language.lenses(FILE, PAIR);
    assert.deepEqual(
      lenses.map(({ kind, at }) => [kind, PAIR.slice(at.start, at.end)]),
      [
        ['site', 'dc1'],
        ['election', 'controllers'],
      ],
    );
    const election = lenses[1];
    assert.ok(election?.kind === 'election');
    assert.match(election.line, /role moves from cc1 to cc2 → cc2/);
  });

  it('say of a documented site that the VIP stays behind', () => {
    const text = PAIR.replace('    # here', '    profile: documented').replace(
      'address: 192.168.73.202',
      'address: 192.168.73.202\n        priority: 100',
    );
    const election = language.lenses(FILE, text).find(({ kind }) => kind === 'election');
    assert.ok(election?.kind === 'election');
    assert.match(election.line, /cmon moves from cc1 to cc2 → cc1/);
  });

  it('offer no command for a site with an error', () => {
    const lenses = language.lenses(FILE, PAIR.replace('vip: 192', 'vip: 999'));
    assert.deepEqual(
      lenses.map((lens) => lens.kind === 'site' && lens.usable),
      [false],
    );
  });
});
