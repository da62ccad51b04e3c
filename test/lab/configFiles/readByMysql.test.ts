import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMysqlOptions } from '../../../src/core/configFiles/mysqlOptions/document';
import { sqlQuote } from '../../../src/core/quote';
import { replicationFiles } from '../../../src/core/schemes/replication/files/render';
import { changes, INVENTORIES, placesOf, textAt, withText } from '../../unit/render/hostileInventory';
import { parseInventory } from '../../../src/core/inventory/parse';
import { Lab } from '../lab';
import { hostileTexts } from './hostileText';
import { verdicts } from './verdicts';

const DATA = '/run/read-back-data';
/** A server of its own: the host's is not touched. */
const START = `rm -rf ${DATA}; mysqld --no-defaults --initialize-insecure --user=mysql --datadir=${DATA} 2>/dev/null || exit 1
  mysqld --no-defaults --user=mysql --datadir=${DATA} --socket=${DATA}/s --skip-networking --mysqlx=OFF --pid-file=${DATA}/p \\
    --log-error=${DATA}/log </dev/null >/dev/null 2>&1 &
  for _ in $(seq 300); do
    mysqladmin --no-defaults -S ${DATA}/s -u root ping >/dev/null 2>&1 && exit 0
    sleep 0.1
  done
  cat ${DATA}/log; exit 1`;
const STOP = `mysqladmin --no-defaults -S ${DATA}/s -u root shutdown 2>/dev/null; rm -rf ${DATA}`;
const CLIENT = `mysql --no-defaults -S ${DATA}/s -u root --default-character-set=utf8mb4 -N -r`;

describe('what is quoted for MySQL', () => {
  const lab = Lab.current();
  before(async () => void (await lab.mustConsole('cc1', `(${START})`, { timeoutMs: 90_000 })));
  after(() => lab.console('cc1', STOP));

  /** What the server makes of each literal, by the client that our scripts are given to. */
  async function readBack(texts: readonly string[], mode: string): Promise<string[]> {
    const input = [
      `SET SESSION sql_mode = '${mode}';`,
      ...texts.map((text) => `SELECT CONCAT('=', HEX(${sqlQuote(text)}));`),
    ].join('\n');
    const said = await lab.mustConsole('cc1', CLIENT, { input });
    return said
      .split('\n')
      .flatMap((line) => /^=([0-9A-F]*)$/.exec(line)?.[1] ?? [])
      .map((hex) => Buffer.from(hex, 'hex').toString());
  }

  it('is read back by a real server: 1,000 hostile texts, each as it was meant', async () => {
    const texts = hostileTexts(1000);
    assert.deepEqual(await readBack(texts, 'TRADITIONAL'), texts);
    assert.deepEqual(await readBack(texts, 'ANSI_QUOTES'), texts);
  });

  it('under NO_BACKSLASH_ESCAPES ends where it is meant to, and only backslashes arrive otherwise', async () => {
    const texts = hostileTexts(1000);
    const doubled = (text: string): string =>
      text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
    assert.deepEqual(await readBack(texts, 'NO_BACKSLASH_ESCAPES'), texts.map(doubled));
  });

  it('as a password opens the account that it was set for, and no other password does', async () => {
    const texts = hostileTexts(30).filter((text) => text !== '' && !/[\n\r]/.test(text));
    const create = texts.map((text, n) => `CREATE USER u${n}@localhost IDENTIFIED BY ${sqlQuote(text)};`);
    await lab.mustConsole('cc1', CLIENT, { input: create.join('\n') });
    // The password comes from a file of its own, read line by line: nothing quotes it a second time.
    const login = `n=0; while IFS= read -r p; do
      MYSQL_PWD="$p" mysql --no-defaults -S ${DATA}/s -u u$n -N -e "SELECT 'in'" 2>/dev/null || echo out
      MYSQL_PWD="$p." mysql --no-defaults -S ${DATA}/s -u u$n -N -e "SELECT 'in'" 2>/dev/null || echo out
      n=$((n + 1))
    done`;
    const said = await lab.mustConsole('cc1', login, { input: `${texts.join('\n')}\n` });
    assert.deepEqual(
      said.trimEnd().split('\n'),
      texts.flatMap(() => ['in', 'out']),
    );
  });

  it('in an option file is read back by MySQL itself: 100 files of inventories that were accepted', async () => {
    const files = acceptedOptionFiles(100);
    const said = await verdicts(lab, 'cc1', 'my_print_defaults --defaults-file="$1" mysqld', files, 'my.cnf');
    const wanted = files.map((text) =>
      readMysqlOptions('my.cnf', text).options.map(({ name, value }) =>
        value === undefined ? `--${name}` : `--${name}=${value}`,
      ),
    );
    // The server reads `-` and `_` in a name as the same.
    const names = (line: string): string =>
      line.replace(/^--[^=]*/, (name) => `--${name.slice(2).replaceAll('-', '_')}`);
    assert.deepEqual(
      said.map(({ output }) => output.trimEnd().split('\n').map(names)),
      wanted.map((lines) => lines.map(names)),
    );
  });
});

/** Option files of random inventories that are good; the rest is refused, as unit tests show. */
function acceptedOptionFiles(count: number): string[] {
  const bases = Object.values(INVENTORIES);
  const files = new Set<string>();
  const turn = fc.tuple(
    fc.nat(bases.length - 1),
    fc.array(fc.tuple(fc.nat(), changes), { minLength: 1, maxLength: 2 }),
  );
  for (let seed = 1; files.size < count && seed < 100; seed++) {
    for (const [which, list] of fc.sample(turn, { numRuns: 100, seed })) {
      let inventory = bases[which] ?? {};
      for (const [n, change] of list) {
        // Only these reach an option file.
        const places = placesOf(inventory).filter(({ key, way }) => key || way.includes('bufferPoolSize'));
        const place = places[n % places.length];
        if (place !== undefined) inventory = withText(inventory, place, change(textAt(inventory, place)));
      }
      const [site] = parseInventory('a.yaml', JSON.stringify(inventory)).sites;
      for (const { content, path } of site === undefined ? [] : replicationFiles(site)) {
        if (path.endsWith('.cnf') && content.includes('[mysqld]') && files.size < count) files.add(content);
      }
    }
  }
  return [...files];
}
