import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// No process anywhere names them: a helper that takes a lease kills what an older token runs.
const FIRST = 900_000_001;
const [REFUSED, STALE] = [64, 76];

interface Status {
  readonly lease: { readonly plan: string; readonly token: number; readonly state: string } | null;
  readonly operation: { readonly plan: string; readonly place: string } | null;
}

/** The helper itself, with folders of its own. What the fake host of these tests does rests on it. */
describe('the on-host helper: whose lease it is, and what is told of an operation', function () {
  this.timeout(20_000);
  let folder: string;
  let helper: string;

  before(async function () {
    if (['flock', 'setsid', 'dash'].some((tool) => spawnSync(tool, ['--version']).error)) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'helper-'));
    const script = resolve('media/host/build.mjs');
    const { buildHost } = (await import(script)) as { buildHost(to: string): Promise<void> };
    await buildHost(folder);
    helper = join(folder, 'clustercontrol-ha');
  });
  beforeEach(() => {
    for (const name of ['state', 'run']) rmSync(join(folder, name), { recursive: true, force: true });
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  function call(words: string, input = ''): { readonly code: number | null; readonly stderr: string } {
    const { status, stderr } = spawnSync('dash', [helper, ...words.split(' ')], { ...options(), input });
    return { code: status, stderr };
  }
  const options = () => ({
    encoding: 'utf8' as const,
    env: {
      PATH: process.env['PATH'],
      CLUSTERCONTROL_HA_STATE: join(folder, 'state'),
      CLUSTERCONTROL_HA_RUNTIME: join(folder, 'run'),
      CLUSTERCONTROL_HA_SETTINGS: join(folder, 'no settings'),
    },
  });
  function must(words: string): void {
    const { code, stderr } = call(words);
    assert.equal(code, 0, `${words}: ${stderr}`);
  }
  const take = (plan: string, token: number): void =>
    must(`lease take --plan ${plan} --operator ann/1 --token ${token} --ttl 30`);
  const release = (plan: string, token: number): void =>
    must(`lease release --token ${token} --plan ${plan}`);
  /** One call of the helper under a lease. */
  function under(token: number, words: string, input = '{}') {
    const script = `dash ${helper} ${words}`;
    const { status } = spawnSync('dash', [helper, 'run', '--token', String(token), '--', script], {
      ...options(),
      input,
    });
    return status;
  }
  const begin = (plan: string, token: number): void =>
    assert.equal(under(token, `operation begin ${plan} promote cc2 ann 1000 outage`), 0);
  function status(): Status {
    return JSON.parse(spawnSync('dash', [helper, 'status'], options()).stdout) as Status;
  }
  const told = (): string | null => {
    const { operation } = status();
    return operation && `${operation.plan} ${operation.place}`;
  };

  it('a lease is given back by its own plan only; a caller that names none is obeyed', () => {
    take('plan-1', FIRST);
    const other = call(`lease release --token ${FIRST} --plan plan-2`);
    assert.equal(other.code, STALE);
    assert.match(other.stderr, new RegExp(`that is ${FIRST} of plan-1 by ann/1`));
    assert.equal(status().lease?.state, 'held');
    release('plan-1', FIRST);
    assert.equal(status().lease?.state, 'released');
    take('plan-3', FIRST + 1);
    must(`lease release --token ${FIRST + 1}`);
    assert.equal(status().lease?.state, 'released');
  });

  it('an operation that was left half-way is told of again when a later lease was given back without a change', () => {
    take('plan-1', FIRST);
    begin('plan-1', FIRST);
    assert.equal(told(), 'plan-1 outage');
    must(`lease raise --plan plan-2 --operator bob/2 --token ${FIRST + 1} --ttl 30`);
    assert.equal(told(), null, 'plan-2 may act by now');
    release('plan-2', FIRST + 1);
    assert.equal(told(), 'plan-1 outage');
  });

  it('not when something was changed under that lease, by whichever call it shows', () => {
    for (const [words, code] of [
      ['hold --clear', 0],
      ['operation place plan-2 outage', REFUSED],
    ] as const) {
      const token = (status().lease?.token ?? FIRST) + 1;
      must(`lease raise --plan plan-1 --operator ann/1 --token ${token} --ttl 30`);
      begin('plan-1', token);
      must(`lease raise --plan plan-2 --operator bob/2 --token ${token + 1} --ttl 30`);
      assert.equal(under(token + 1, words), code, words);
      release('plan-2', token + 1);
      assert.equal(told(), null, words);
    }
  });

  it('nor when its own plan could not be written there', () => {
    take('plan-1', FIRST);
    begin('plan-1', FIRST);
    must(`lease raise --plan plan-2 --operator bob/2 --token ${FIRST + 1} --ttl 30`);
    // An empty plan counts as one that could not be written.
    assert.equal(under(FIRST + 1, 'operation begin plan-2 promote cc2 bob 2000 prepare', ''), 1);
    release('plan-2', FIRST + 1);
    assert.equal(told(), null);
  });

  it('one whose lease was given back has ended, also behind a later one', () => {
    take('plan-1', FIRST);
    begin('plan-1', FIRST);
    release('plan-1', FIRST);
    assert.equal(told(), 'plan-1 ended');
    take('plan-2', FIRST + 1);
    release('plan-2', FIRST + 1);
    assert.equal(told(), 'plan-1 ended');
  });
});
