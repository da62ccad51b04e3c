import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rulesTo } from '../../../src/core/schemes/replication/steps/snatRule';
import { ShellStage } from '../shellStage';
import { planOf, setting, type Setting } from './setting';

const rule = (to: string): string => `-A POSTROUTING -o eth0 -j SNAT --to-source ${to}`;

describe('rules that rewrite to the virtual IP', () => {
  it('are not those to an address that begins like it, or matches with its dots as wildcards', () => {
    const mine = ['10.0.0.1', '10.0.0.1:1024-2048', '10.0.0.1 --random'].map(rule);
    const others = ['10.0.0.10', '10.0.0.1.5', '10.0.001', '10x0.0.1', '110.0.0.1'].map(rule);
    const { stdout } = spawnSync('/bin/sh', ['-c', rulesTo('10.0.0.1')], {
      input: [...others, ...mine, ''].join('\n'),
      encoding: 'utf8',
    });
    assert.deepEqual(stdout.trim().split('\n'), mine);
  });

  it('alone are taken away when keepalived has stopped, and alone count as left behind', () => {
    const given: Setting = setting('documented');
    const { vip } = given.site;
    const stage = new ShellStage({
      iptables: `case $* in *-S*) echo '${rule(`${vip}0`)}'; [ ! -e "$STAGE/both" ] || echo '${rule(vip)}' ;; esac`,
      systemctl: '',
      ip: '',
      pgrep: 'exit 1',
      mysql: 'echo 1',
      'clustercontrol-ha': '',
    });
    try {
      const steps = planOf(given).steps;
      const drop = steps
        .find(({ id }) => id === 'vip-drop')
        ?.act.script.replaceAll(/\S+\/clustercontrol-ha /g, 'clustercontrol-ha ');
      stage.put('both');
      assert.equal(stage.run(drop ?? 'exit 1').exitCode, 0);
      const deleted = stage.calls().match(/^iptables .*-D .*$/gm);
      assert.deepEqual(deleted, [`iptables -w 5 -t nat ${rule(vip).replace('-A', '-D')}`]);
      const look = steps.find(({ act }) => act.script.includes('packets are still rewritten'));
      assert.match(stage.run(look?.act.script ?? '').stderr, /packets are still rewritten/);
      stage.run('rm "$STAGE/both"');
      assert.doesNotMatch(stage.run(look?.act.script ?? '').stderr, /packets are still rewritten/);
    } finally {
      stage.remove();
    }
  });
});
