import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { type Merge, mergedText } from '../../../src/core/deploy/merge';
import { mergeScript } from '../../../src/core/deploy/mergeScript';

const OWNED = { keys: ['vrrp_instance VI_1', 'vrrp_script check_cmon', 'global_defs'], vip: '10.0.0.9' };
const SECTIONS: Merge = { kind: 'sections', owned: OWNED };

describe('what others wrote into a file stays', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'clustercontrol-ha-merge-'));
  const [ours, current] = [path.join(folder, 'ours'), path.join(folder, 'current')];
  after(() => rmSync(folder, { recursive: true }));

  /** As the host does it; undefined where it refuses. */
  function onHost(merge: Merge, own: string, text: string | undefined): string | undefined {
    writeFileSync(ours, own);
    rmSync(current, { force: true });
    if (text !== undefined) writeFileSync(current, text);
    const script = `ours=${ours} path=${current}\n${mergeScript(merge)}`;
    const { status, stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
    return status === 0 ? stdout : undefined;
  }

  function inProgram(merge: Merge, own: string, text: string | undefined): string | undefined {
    try {
      return mergedText(merge, own, text);
    } catch (error) {
      assert.ok(error instanceof RangeError);
      return undefined;
    }
  }

  function both(merge: Merge, own: string, text: string | undefined): string | undefined {
    const result = inProgram(merge, own, text);
    assert.equal(onHost(merge, own, text), result, 'host and program agree');
    return result;
  }

  it('has awk', () => {
    assert.ok(execFileSync('awk', ['BEGIN { print 1 }'], { encoding: 'utf8' }));
  });

  const BLOCK = '# BEGIN ours\n10.0.0.9 ccvip\n# END ours\n';

  it('replaces its marked block where it stands, and appends it where there is none', () => {
    const text = '127.0.0.1 localhost\n# BEGIN ours\nold\n# END ours\n10.1.1.1 theirs\n';
    assert.equal(both({ kind: 'block' }, BLOCK, text), `127.0.0.1 localhost\n${BLOCK}10.1.1.1 theirs\n`);
    assert.equal(both({ kind: 'block' }, BLOCK, '10.1.1.1 theirs'), `10.1.1.1 theirs\n${BLOCK}`);
    assert.equal(both({ kind: 'block' }, BLOCK, undefined), BLOCK);
  });

  it('refuses a block without its end: what is behind it may be theirs', () => {
    assert.equal(both({ kind: 'block' }, BLOCK, '# BEGIN ours\nold\n10.1.1.1 theirs\n'), undefined);
  });

  it('sets its lines by their keys, once, and leaves all others', () => {
    const text = 'mysql_password=it&s\\1\n# hostname=x\nhostname = 10.0.0.1\nname=a\nhostname=again\n';
    assert.equal(
      both({ kind: 'lines' }, '# ours\nhostname=10.0.0.9\nprometheus_hostname=10.0.0.8\n', text),
      'mysql_password=it&s\\1\n# hostname=x\nhostname=10.0.0.9\nname=a\nprometheus_hostname=10.0.0.8\n',
    );
  });

  const OUR_VRRP =
    '! ours\nglobal_defs {\n    a\n}\n\nvrrp_instance VI_1 {\n    virtual_ipaddress {\n        10.0.0.9\n    }\n}\n';

  it('keeps another vrrp_instance with its remarks, and its script', () => {
    const theirs =
      '# of the other team\nvrrp_script check_web {\n    script "/bin/true" # }\n}\n\nvrrp_instance WEB\n{\n    virtual_ipaddress {\n        10.0.0.10/24 ! 10.0.0.9\n    }\n}\n';
    const text = `! old\nvrrp_script check_cmon {\n  weight 2\n}\nvrrp_instance VI_1 {\n}\n${theirs}include /etc/keepalived/more.conf\n`;
    const merged = both(SECTIONS, OUR_VRRP, text);
    assert.equal(
      merged,
      `${OUR_VRRP}\n# of the other team\nvrrp_script check_web {\n    script "/bin/true" # }\n}\n\nvrrp_instance WEB\n{\n    virtual_ipaddress {\n        10.0.0.10/24 ! 10.0.0.9\n    }\n}\n\ninclude /etc/keepalived/more.conf\n`,
    );
    assert.equal(both(SECTIONS, OUR_VRRP, merged), merged, 'a second time changes nothing');
  });

  it('takes an instance with our address for ours, whatever its name', () => {
    const text = 'vrrp_instance CC {\n  virtual_ipaddress {\n    10.0.0.9/24 dev eth0\n  }\n}\n';
    assert.equal(both(SECTIONS, OUR_VRRP, text), OUR_VRRP);
  });

  it('refuses blocks that it cannot tell apart', () => {
    for (const text of ['a {\n} b {\n}\n', 'a {\n', '}\n', 'a { } b\n']) {
      assert.equal(both(SECTIONS, OUR_VRRP, text), undefined, text);
    }
  });

  it('does the same in the program and on a host, whatever stands there, and settles at once', () => {
    const line = fc.constantFrom(
      ...['a=1', ' b = 2', '# a=1', '# BEGIN ours', '# END ours', 'x', '', 'hostname=1', 'c=', '=d', '\\t&'],
      ...[
        'vrrp_instance VI_1 {',
        'vrrp_instance W {',
        '{',
        '}',
        '  10.0.0.9',
        ' 10.0.0.9/24 dev x',
        'g { h }',
        '! r }',
        'global_defs',
      ],
    );
    const text = fc.tuple(fc.array(line, { maxLength: 12 }), fc.boolean());
    const merges: readonly (readonly [Merge, string])[] = [
      [{ kind: 'block' }, BLOCK],
      [{ kind: 'lines' }, 'hostname=9\na=2\n'],
      [SECTIONS, OUR_VRRP],
    ];
    fc.assert(
      fc.property(text, fc.constantFrom(...merges), ([lines, ended], [merge, own]) => {
        const once = both(merge, own, lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));
        if (once !== undefined) assert.equal(mergedText(merge, own, once), once);
      }),
      { numRuns: 400 },
    );
  }).timeout(60_000);
});
