import assert from 'node:assert/strict';
import { followsBy, parseVrrpState, withoutAuthPass } from '../../../src/core/observe/keepalived';
import { lsyncdLogin, lsyncdTargets, parseLsyncdStatus } from '../../../src/core/observe/lsyncd';
import { clockSkewMs, parseDigests, parseFilesystems } from '../../../src/core/observe/resources';
import { parseRoleState } from '../../../src/core/observe/roleState';
import { parseSnat } from '../../../src/core/observe/snat';
import { parseUnits } from '../../../src/core/observe/units';

describe('SNAT rules', () => {
  const vip = '192.168.73.200';

  it('another address whose text begins like the VIP is not the VIP', () => {
    assert.deepEqual(
      parseSnat('-A POSTROUTING -o eth0 -j SNAT --to-source 192.168.73.20', '192.168.73.2').toVip,
      [],
    );
  });

  it('a chain that nothing jumps to rewrites nothing', () => {
    assert.deepEqual(parseSnat(`-N LEFT\n-A LEFT -j SNAT --to-source ${vip}`, vip).toVip, []);
  });

  it('hardened needs every exclusion in front of the rule', () => {
    const exclusions = [
      '-A CMON_SNAT -p vrrp -j RETURN',
      '-A CMON_SNAT -m addrtype --dst-type MULTICAST -j RETURN',
      '-A CMON_SNAT -p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -j RETURN',
    ];
    const rule = `-A CMON_SNAT -j SNAT --to-source ${vip}`;
    const jump = '-A POSTROUTING -o eth0 -j CMON_SNAT';
    assert.equal(parseSnat([jump, ...exclusions, rule].join('\n'), vip).hardened, true);
    assert.equal(parseSnat([jump, rule, ...exclusions].join('\n'), vip).hardened, false);
    for (const left of exclusions) {
      const others = exclusions.filter((line) => line !== left);
      assert.equal(parseSnat([jump, ...others, rule].join('\n'), vip).hardened, false, left);
    }
  });
});

describe('keepalived', () => {
  it('what a comment says does not move the VIP', () => {
    assert.equal(followsBy('vrrp_instance V {\n # track_file {\n ! track_script {\n}'), 'none');
  });

  it('a vrrp_script that no instance tracks does not move the VIP', () => {
    assert.equal(followsBy('vrrp_script check { script "x" }\nvrrp_instance V {\n}'), 'none');
  });

  it('several instances: the state is that of the one with the VIP', () => {
    const dump = JSON.stringify([
      { data: { state: 2, vips: ['10.0.0.1 dev eth0 scope global set'] } },
      { data: { state: 1, vips: ['10.0.0.10/24 dev eth0 scope global'] } },
    ]);
    assert.equal(parseVrrpState(dump, '10.0.0.10'), 'BACKUP');
    assert.equal(parseVrrpState(dump, '10.0.0.2'), undefined);
    assert.equal(parseVrrpState('{"torn', '10.0.0.1'), undefined);
  });

  it('auth_pass never gets through', () => {
    assert.equal(withoutAuthPass('  auth_pass  pa ss # x\n}'), '  auth_pass  (hidden)\n}');
  });
});

describe('lsyncd', () => {
  it('targets of every form, none of a comment', () => {
    const config = [
      'sync { default.rsync, target = "cc2:" .. path }',
      `sync { default.rsyncssh, host = 'root@cc3', targetdir = '/x' }`,
      '-- target = "old:/x"',
      '--[[ target = "older:/x" ]]',
      'sync { default.rsync, target = "operator@10.0.0.4:/etc/" }',
      'sync { default.direct, target = "/backup/etc" }',
    ].join('\n');
    assert.deepEqual(lsyncdTargets(config).sort(), ['10.0.0.4', 'cc2', 'cc3']);
  });

  it('the login is the one that a target names, and none where none does', () => {
    assert.equal(lsyncdLogin('-- target = "old@cc2:/x"\nsync { target = "sync@cc2:" .. path }'), 'sync');
    assert.equal(lsyncdLogin(`sync { host = 'root@cc3', targetdir = '/x' }`), 'root');
    assert.equal(lsyncdLogin('sync { target = "cc2:" .. path, note = "a@b" }'), undefined);
  });

  it('delays add up; without a report there are none to speak of', () => {
    const status =
      '1795225340\nLsyncd status report at Sat\n\nSync1 source=/a\nThere are 2 delays\nThere is 1 delay\n';
    assert.deepEqual(parseLsyncdStatus(status), { reportedAtMs: 1795225340000, delays: 3 });
    assert.deepEqual(parseLsyncdStatus('stat: cannot statx'), { reportedAtMs: undefined, delays: undefined });
  });
});

describe('units, files, clocks', () => {
  it('a unit that does not exist, and a masked one', () => {
    const units = parseUnits(
      'Id=x.service\nLoadState=not-found\nActiveState=inactive\n\nId=y.service\nLoadState=masked\nUnitFileState=masked-runtime\nMainPID=0',
    );
    assert.deepEqual(
      [units['x']?.loaded, units['y']?.loaded, units['y']?.file],
      [false, true, 'masked-runtime'],
    );
  });

  it('free space is blocks times their size; error lines are no file systems', () => {
    const text =
      "100 4096 7 /var/lib/my sql\nstat: cannot read file system information for '/x': No such file";
    assert.deepEqual(parseFilesystems(text), [{ path: '/var/lib/my sql', freeBytes: 409600, freeInodes: 7 }]);
  });

  it('a file that may not be read makes the digests unknown, one that is not there does not', () => {
    const digest = 'a'.repeat(64);
    assert.deepEqual(parseDigests(`${digest}  /etc/a\nsha256sum: /etc/b: No such file or directory`), {
      '/etc/a': digest,
    });
    assert.throws(() => parseDigests('sha256sum: /etc/b: Permission denied'), /Permission denied/);
  });

  it('skew: neither the way nor the probe itself is in it', () => {
    const timing = { sentAtMs: 1_000_000, receivedAtMs: 1_000_300 };
    // 100 ms of work on the host, 100 ms each way: it began at 1,000,100 by our clock.
    assert.equal(clockSkewMs('50.00 1000.100', '50.10', timing), 0);
    assert.equal(clockSkewMs('50.00 1002.600', '50.10', timing), 2500);
    assert.throws(() => clockSkewMs('', '', timing));
  });

  it('a released or expired lease binds nobody', () => {
    const status = (state: string, remainingSeconds: number) => ({
      exit: 0,
      text: JSON.stringify({
        version: 1,
        self: 'cc1',
        role: null,
        pending: null,
        witness: null,
        active: null,
        lease: { token: 4, plan: 'p', operator: 'o', remainingSeconds, state },
      }),
    });
    assert.equal(parseRoleState(status('held', 3.5), undefined).lease?.token, 4);
    assert.equal(parseRoleState(status('released', 3.5), undefined).lease, undefined);
    assert.equal(parseRoleState(status('held', 0), undefined).lease, undefined);
  });
});
