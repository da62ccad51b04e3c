import assert from 'node:assert/strict';
import { DEPRECATED } from '../../../src/core/configFiles/mysqlOptions/deprecated';
import { KNOWN_OPTIONS } from '../../../src/core/configFiles/mysqlOptions/known';
import { REMOVED } from '../../../src/core/configFiles/mysqlOptions/removed';
import {
  ABORTING_CASES,
  CLEAN,
  REFUSED_CASES,
  TRAP_CASES,
  WARNED_CASES,
} from '../../unit/configFiles/mysqlCases';
import { Lab } from '../lab';
import { verdicts } from './verdicts';

const VALIDATE = 'mysqld --defaults-file="$1" --validate-config --user=mysql --log-error-verbosity=2';
/** Really started, on files of its own: what counts is whether it answers. */
const START = `rm -rf /run/config-start && cp -a /run/config-data /run/config-start
  mysqld --defaults-file="$1" --user=mysql --datadir=/run/config-start --socket=/run/config-start/s --port=3399 --mysqlx=OFF \\
    --pid-file=/run/config-start/p --log-error-verbosity=1 & pid=$!
  for _ in $(seq 200); do
    kill -0 $pid 2>/dev/null || { wait $pid; return 1; }
    if mysqladmin --no-defaults -S /run/config-start/s -u root ping >/dev/null 2>&1; then
      mysqladmin --no-defaults -S /run/config-start/s -u root shutdown; wait $pid; return 0
    fi
    sleep 0.1
  done
  kill -9 $pid; return 2`;

describe('the rules on option files and the real mysqld', () => {
  const lab = Lab.current();
  const fires = (cases: typeof TRAP_CASES): string[] => Object.values(cases).map((one) => one.fires);
  const codes = (cases: typeof TRAP_CASES): string[] => Object.keys(cases);
  let series = '';

  before(async () => {
    series = /Ver (\d+\.\d+)/.exec(await lab.mustConsole('cc1', 'mysqld --version'))?.[1] ?? '';
  });

  it('what is said to be refused, is', async () => {
    const said = await verdicts(lab, 'cc1', VALIDATE, fires(REFUSED_CASES));
    assert.deepEqual(
      codes(REFUSED_CASES).filter((_, index) => said[index]?.code === 0),
      [],
    );
  });

  it('what is clean, and each trap, it takes; what is deprecated it warns of', async () => {
    const [clean, ...others] = await verdicts(lab, 'cc1', VALIDATE, [
      CLEAN,
      ...fires(WARNED_CASES),
      ...fires(TRAP_CASES),
    ]);
    assert.deepEqual([clean?.code, clean?.output.trim()], [0, '']);
    assert.ok(
      others.every(({ code }) => code === 0),
      JSON.stringify(others),
    );
    for (const [index] of codes(WARNED_CASES).entries())
      assert.match(others[index]?.output ?? '', /deprecated/);
  });

  it('what passes its check and keeps it from starting, does so', async () => {
    await lab.mustConsole(
      'cc1',
      'rm -rf /run/config-data; mysqld --no-defaults --initialize-insecure --user=mysql --datadir=/run/config-data',
      {
        timeoutMs: 60_000,
      },
    );
    const texts = fires(ABORTING_CASES);
    const checked = await verdicts(lab, 'cc1', VALIDATE, texts);
    assert.deepEqual(
      checked.map(({ code }) => code),
      texts.map(() => 0),
    );
    const started = await verdicts(lab, 'cc1', START, [...texts, CLEAN]);
    assert.deepEqual(
      started.map(({ code }) => code),
      [...texts.map(() => 1), 0],
      JSON.stringify(started),
    );
    await lab.mustConsole('cc1', 'rm -rf /run/config-data /run/config-start');
  });

  it('every option that is said to be gone, is; every deprecated one is deprecated', async function () {
    if (series !== '9.7') this.skip();
    const gone = [...REMOVED.keys()];
    const old = [...DEPRECATED.keys()];
    const text = (name: string): string =>
      `[mysqld]\n${/^(host_cache|character_set_client_handshake)$/.test(name) ? `skip_${name}` : `${name}=1`}\n`;
    const said = await verdicts(lab, 'cc1', VALIDATE, [...gone, ...old].map(text));
    assert.deepEqual(
      gone.filter((_, index) => !/unknown (variable|option)/.test(said[index]?.output ?? '')),
      [],
    );
    assert.deepEqual(
      old.filter(
        (name, index) =>
          !/deprecated/.test(said[gone.length + index]?.output ?? '') && !['symbolic_links'].includes(name),
      ),
      [],
    );
  });

  it('the list of known options is its own', async function () {
    if (series !== '9.7') this.skip();
    const help = await lab.mustConsole('cc1', 'mysqld --no-defaults --verbose --help 2>/dev/null');
    const listed = [...help.matchAll(/^ {2}(?:-\S, )?--([a-z][a-z0-9-]*)/gm)].map(([, name]) =>
      (name ?? '').replaceAll('-', '_'),
    );
    assert.deepEqual([...new Set(listed)].sort(), [...KNOWN_OPTIONS].sort());
  });
});
