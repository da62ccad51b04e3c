import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import type { HostScript } from '../../../src/core/plan/plan';
import { capturedValues, wrapScript } from '../../../src/core/run/wrap';
import { sketchPlan, promotionSketch } from './world/plans';

const plan = sketchPlan(promotionSketch());
const script: HostScript = {
  script: 'printf %s "$final_gtid"',
  inputs: ['final_gtid'],
  timeoutMs: 1_500,
  leased: true,
};

function wrap(change: Partial<Parameters<typeof wrapScript>[0]> = {}) {
  return wrapScript({
    plan,
    script,
    captured: new Map([['final_gtid', 'a:1-5']]),
    token: 9,
    leased: true,
    emptyWhereMissing: false,
    replyMarginMs: 5_000,
    secret: (name) => `value of ${name}`,
    ...change,
  });
}

/** As a host would: a helper that takes what stands after `--` and runs it. */
function onHost(text: string): string {
  const helper = 'helper() { while [ "$1" != -- ]; do shift; done; sh -c "$2"; }\n';
  return execFileSync('sh', ['-c', helper + text.replace(plan.helperPath, 'helper')], { encoding: 'utf8' });
}

describe('what is sent for a script', () => {
  it('goes through the helper with token and whole seconds', () => {
    const { script: text, timeoutMs, privileged } = wrap();
    assert.match(text, /^\/usr\/local\/sbin\/clustercontrol-ha run --token 9 --timeout 2 -- /);
    assert.equal(timeoutMs, 1_500 + 1_500 + 5_000, 'lock, script, answer');
    assert.equal(privileged, true);
    assert.match(wrap({ script: { ...script, unlocked: true } }).script, /--timeout 2 --unlocked -- /);
  });

  it('hands captured values to a real shell unchanged, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (value) => {
        fc.pre(!value.includes('\0') && !/[\ud800-\udfff]/.test(value));
        assert.equal(onHost(wrap({ captured: new Map([['final_gtid', value]]) }).script), value);
      }),
      { numRuns: 60 },
    );
    for (const value of ["'; rm -rf /; '", '$(id)', '`id`', '\\', 'a\nb', '"', '*', '-n']) {
      assert.equal(onHost(wrap({ captured: new Map([['final_gtid', value]]) }).script), value);
    }
  });

  it('tells a brought helper where its state and settings are', () => {
    const { script: text } = wrap({ plan: { ...plan, bringHelper: true } });
    assert.match(
      text,
      /^CLUSTERCONTROL_HA_STATE=\/run\/clustercontrol-ha\/state CLUSTERCONTROL_HA_SETTINGS=\S+ \/usr/,
    );
  });

  it('puts a secret into standard input as an SQL literal, never into the script', () => {
    const withSecret = { ...script, stdin: 'SET x = {{secret:repl}}; SET y = {{secret:repl}};' };
    const command = wrap({ script: withSecret, secret: () => "it's\\me" });
    assert.equal(command.stdin, "SET x = 'it''s\\\\me'; SET y = 'it''s\\\\me';");
    assert.equal(command.script.includes("it's"), false);
  });

  it('puts the bare value of a secret into the text of a file, and nothing that would be read as more than a word', () => {
    const file = { ...script, stdin: 'auth_pass {{secret-text:vrrp}} # {{secret:vrrp}}\n' };
    const command = wrap({ script: file, secret: () => "a'b" });
    assert.equal(command.stdin, "auth_pass a'b # 'a''b'\n");
    for (const value of ['a\n}', 'a b', 'a#b', 'a!b', '"ab"', 'a{', '}', 'a\\', 'a$b', 'ä', '']) {
      const refused = (error: Error): boolean =>
        /vrrp is not one plain word/.test(error.message) &&
        (value === '' || !error.message.includes(`${value} is`));
      assert.throws(() => wrap({ script: file, secret: () => value }), refused, JSON.stringify(value));
    }
  });

  it('refuses an act whose value was never seen; an undo gets it empty', () => {
    assert.throws(() => wrap({ captured: new Map() }), /final_gtid is missing/);
    assert.equal(onHost(wrap({ captured: new Map(), emptyWhereMissing: true }).script), '');
  });

  it('captures declared names only, the last value of each', () => {
    const reads: HostScript = { ...script, outputs: ['a', 'b_2'] };
    const printed = 'noise\n@a=1\n@b_2=x=y, z\r\n@other=3\n @a=no\n@a=2\n';
    assert.deepEqual(capturedValues(reads, printed), { a: '2', b_2: 'x=y, z' });
  });
});
