import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readKeepalived, type Block } from '../../../src/core/configFiles/keepalived/document';
import { readMysqlOptions } from '../../../src/core/configFiles/mysqlOptions/document';
import { parseInventory } from '../../../src/core/inventory/parse';
import { replicationFiles } from '../../../src/core/schemes/replication/files/render';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import { changes, INVENTORIES, placesOf, textAt, withText, type Value } from './hostileInventory';

const RUNS = 3000;

/** Texts of an inventory that stand in a file, by a word of their own; whatever is meant by the name stands for itself. */
type Meant = Readonly<
  Record<'cc1' | 'cc2' | 'vip' | 'address1' | 'address2' | 'eth1' | 'eth2' | 'pool' | 'secret', string>
>;

/** Read off the inventory itself, not off what our parser made of it. */
function meantBy(inventory: Value): Meant {
  const at = (...way: string[]) => textAt(inventory, { way, key: false });
  const keys = (...way: string[]) =>
    Object.keys(way.reduce<Value>((value, key) => (value as Record<string, Value>)[key] ?? {}, inventory));
  const [dc = ''] = keys('sites');
  const [cc1 = '', cc2 = ''] = keys('sites', dc, 'controllers');
  return {
    cc1,
    cc2,
    vip: at('sites', dc, 'vip'),
    address1: at('sites', dc, 'controllers', cc1, 'address'),
    address2: at('sites', dc, 'controllers', cc2, 'address'),
    eth1: at('sites', dc, 'controllers', cc1, 'interface'),
    eth2: at('sites', dc, 'interface'),
    pool: at('sites', dc, 'mysql', 'bufferPoolSize'),
    secret: at('sites', dc, 'keepalived', 'authPassword', 'secret'),
  };
}

type Tree = readonly (readonly [words: readonly string[], children: Tree])[];

function treeOf({ children }: Block): Tree {
  return children.map((block) => [block.words.map(({ text }) => text), treeOf(block)]);
}

/** Every directive of keepalived.conf, by controller, with the secret put in as on its way to a host. */
function keepalivedOf(site: ReplicationSite, { secret }: Meant): readonly Tree[] {
  return contentsOf(site, '/keepalived.conf').map((content) => {
    const sent = secret === '' ? content : content.replaceAll(`{{secret:${secret}}}`, 'vrrpword');
    const { root, problems } = readKeepalived('keepalived.conf', sent);
    assert.deepEqual(problems, []);
    return treeOf(root);
  });
}

/** Every option of the server, by controller, and nothing that the server would read elsewhere. */
function optionsOf(site: ReplicationSite): readonly (readonly (readonly [string, string | undefined])[])[] {
  return contentsOf(site, '.cnf').map((content) => {
    const { options, sections, includes, outside } = readMysqlOptions('my.cnf', content);
    assert.equal(sections.length, 1);
    assert.deepEqual([...includes, ...outside], []);
    // The reader leaves other programs' sections out: no header but one may be there.
    assert.equal(content.split(/\r?\n|\r/).filter((line) => line.trimStart().startsWith('[')).length, 1);
    return options.map(({ name, value }) => [name, value]);
  });
}

function contentsOf(site: ReplicationSite, end: string): readonly string[] {
  const files = replicationFiles(site).filter(
    ({ group, path }) => path.endsWith(end) && ['keepalived', 'mysql'].includes(group),
  );
  assert.equal(files.length, 2);
  return files.map(({ content }) => content);
}

function read(name: string): { inventory: Value; meant: Meant; site: ReplicationSite } {
  const inventory = INVENTORIES[name] ?? {};
  const { sites, findings } = parseInventory('a.yaml', JSON.stringify(inventory));
  const [site] = sites;
  assert.ok(site !== undefined, findings.map(({ message }) => message).join('\n'));
  return { inventory, meant: meantBy(inventory), site };
}

/** A rendered word of the untouched inventory, as it must be now. `n`: of which controller the file is. */
function renamed(from: Meant, to: Meant, n: number): (word: string, before: readonly string[]) => string {
  return (word, before) => {
    if (before[0] === 'interface') return n === 0 ? to.eth1 : to.eth2;
    if (before[0] === 'innodb_buffer_pool_size') return to.pool;
    if (before[0] === 'clone_valid_donor_list') return `${to.cc1}:3307,${to.cc2}:3307`;
    if (word === from.vip) return to.vip;
    if (word === from.address1) return to.address1;
    return word === from.address2 ? to.address2 : word;
  };
}

function expectedTree(tree: Tree, rename: ReturnType<typeof renamed>): Tree {
  return tree.map(([words, children]) => [
    words.map((word, n) => rename(word, words.slice(0, n))),
    expectedTree(children, rename),
  ]);
}

/** @throws AssertionError when a file says anything else than the untouched one with other values in it. */
function readsBack(base: ReturnType<typeof read>, site: ReplicationSite, meant: Meant): void {
  const rename = (n: number) => renamed(base.meant, meant, n);
  assert.deepEqual(
    keepalivedOf(site, meant),
    keepalivedOf(base.site, base.meant).map((tree, n) => expectedTree(tree, rename(n))),
  );
  assert.deepEqual(
    optionsOf(site),
    optionsOf(base.site).map((list, n) =>
      list.map(([name, value]) => [name, value === undefined ? undefined : rename(n)(value, [name])]),
    ),
  );
}

describe('keepalived.conf and my.cnf of any inventory', function () {
  this.timeout(60_000);

  it('say what its texts mean and nothing else, or the inventory is refused', () => {
    const bases = Object.keys(INVENTORIES).map(read);
    const places = bases.map(({ inventory }) => placesOf(inventory));
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(
        fc.nat(bases.length - 1),
        fc.array(fc.tuple(fc.nat(), changes), { minLength: 1, maxLength: 2 }),
        (which, list) => {
          const base = bases[which];
          const known = places[which] ?? [];
          assert.ok(base !== undefined);
          // The inner places first: a name that changes would lead astray to what is below it.
          const chosen = list
            .map(([n, change]) => ({ place: known[n % known.length], change }))
            .sort(
              (a, b) =>
                Number(a.place?.key) - Number(b.place?.key) ||
                (b.place?.way.length ?? 0) - (a.place?.way.length ?? 0),
            );
          let inventory = base.inventory;
          for (const { place, change } of chosen) {
            if (place !== undefined) inventory = withText(inventory, place, change(textAt(inventory, place)));
          }
          const { sites, findings } = parseInventory('a.yaml', JSON.stringify(inventory));
          const [site] = sites;
          if (findings.some(({ severity }) => severity === 'error')) {
            assert.equal(site, undefined);
            refused++;
            return;
          }
          assert.ok(site !== undefined, 'neither a site nor an error');
          readsBack(base, site, meantBy(inventory));
          accepted++;
        },
      ),
      { numRuns: RUNS },
    );
    assert.equal(accepted + refused, RUNS);
    assert.ok(accepted > RUNS / 10 && refused > RUNS / 10, `${accepted} accepted, ${refused} refused`);
  });

  for (const evil of ['x\n    notify /tmp/x', 'x }', 'x !', 'x # y', 'x {', '"x']) {
    it(`would not hide ${JSON.stringify(evil)} as an interface that nobody refused`, () => {
      const base = read('hardened');
      const [cc1, cc2] = base.site.controllers;
      const site: ReplicationSite = { ...base.site, controllers: [{ ...cc1, interface: evil }, cc2] };
      assert.throws(() => readsBack(base, site, { ...base.meant, eth1: evil }), assert.AssertionError);
    });
  }

  for (const evil of ['2G\nskip-grant-tables', '2G # y', '2G\n[client]', '2G\n!include /tmp/x']) {
    it(`would not hide ${JSON.stringify(evil)} as a size that nobody refused`, () => {
      const base = read('documented');
      const site: ReplicationSite = { ...base.site, mysql: { ...base.site.mysql, bufferPoolSize: evil } };
      assert.throws(() => readsBack(base, site, { ...base.meant, pool: evil }), assert.AssertionError);
    });
  }
});
