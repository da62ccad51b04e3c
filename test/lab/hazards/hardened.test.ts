import assert from 'node:assert/strict';
import { sql, waitForMysql, waitForReplication } from '../documented/mysql';
import { isClosed, parts, untilHealthy } from '../hardened/look';
import { settle } from '../hardened/operation';
import { Lab } from '../lab';
import { VIP } from '../site';
import { waitFor } from '../wait';
import { SshSession } from './sshSession';
import { staysTrue } from './staysTrue';

const PRIMARY = 'cc1';
const STANDBY = 'cc2';
const GUARD = 'clustercontrol-ha-guard';
const NOTIFY = '/etc/keepalived/manage_snat.sh INSTANCE VI_1';
const FOLDER = '/etc/cmon.d';
/** Ten times what the simulated election says of the hardened pair (docs/election.md). */
const AT_REST_MS = 8000;
/** What the documented twin of hazard 3 waits for, from the rule on. */
const CUT_MS = 10_000;
const LSYNCD_LOG = '/var/log/lsyncd.log';

describe('the hazards of the documented hosts, on hardened ones', function () {
  this.timeout(180_000);
  const lab = Lab.current();

  before(() => settle(lab, PRIMARY));
  afterEach(async () => {
    await lab.heal();
    for (const { host, on } of await lab.status()) if (!on) await lab.powerOn(host);
    await lab.mustConsole(PRIMARY, `systemctl enable --quiet --now ${GUARD}; systemctl start keepalived`);
    await untilHealthy(lab, PRIMARY, 90_000);
  });

  const here = async (host: 'cc1' | 'cc2', path: string): Promise<boolean> =>
    (await lab.console(host, `test -e ${path}`)).code === 0;

  it('hazards 2, 3 and 22: the first MASTER after a boot cuts neither ssh nor replication; what the kernel needs is set', async () => {
    await lab.mustConsole(PRIMARY, `systemctl disable --quiet ${GUARD}`);
    await lab.reboot(PRIMARY, 'soft');
    await waitForMysql(lab, PRIMARY);
    assert.equal((await lab.mustConsole(PRIMARY, 'cat /proc/sys/net/ipv4/ip_nonlocal_bind')).trim(), '1');
    assert.match(await sql(lab, PRIMARY, 'SELECT @@bind_address'), /^(0\.0\.0\.0|\*)$/m);
    assert.equal((await parts(lab, PRIMARY)).snat, false, 'no rule yet: nothing tracks connections');
    await sql(lab, STANDBY, 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD;');
    await waitForReplication(lab, STANDBY);
    const session = await SshSession.to(lab, PRIMARY);
    try {
      let silentMs = 0;
      await lab.mustConsole(PRIMARY, `systemctl start --no-block ${GUARD}`);
      const newest = 'SELECT COALESCE(MAX(id), 0) FROM cmon.heartbeat';
      const before = Number(await sql(lab, STANDBY, newest));
      await waitFor('heartbeats of the primary on its standby', 40_000, async () => {
        silentMs = Math.max(silentMs, session.silentMs);
        return Number(await sql(lab, STANDBY, newest)) > before + 20;
      });
      assert.equal((await parts(lab, PRIMARY)).snat, true);
      const arrived = Number(await sql(lab, STANDBY, newest));
      // As long as the documented twin: what the rule has cut is silent for a minute.
      await staysTrue('an ssh session that is heard', CUT_MS, () => {
        silentMs = Math.max(silentMs, session.silentMs);
        return Promise.resolve(silentMs < 4000);
      });
      console.log(`        ssh: at most ${Math.round(silentMs)} ms without a word`);
      assert.ok(session.silentMs < 1000, `ssh has been silent for ${session.silentMs} ms`);
      assert.ok(Number(await sql(lab, STANDBY, newest)) > arrived + 20, 'and replication goes on');
    } finally {
      session.end();
    }
  });

  it('hazard 4: no rule outlives the VIP, whether keepalived is stopped or killed', async () => {
    await lab.mustConsole(PRIMARY, 'systemctl stop keepalived');
    await waitFor('VIP and rule to be gone', 10_000, async () => {
      const { vip, snat } = await parts(lab, PRIMARY);
      return !vip && !snat;
    });
    const out = await lab.console(PRIMARY, 'timeout 4 bash -c "</dev/tcp/prom/9090"');
    assert.equal(out.code, 0, 'it reaches others');
    await lab.mustConsole(PRIMARY, 'systemctl start keepalived');
    await waitFor('VIP and rule to be back', 20_000, async () => {
      const { vip, snat } = await parts(lab, PRIMARY);
      return vip && snat;
    });
    // Not started again at once, so that what it leaves behind can be seen.
    await lab.mustConsole(
      PRIMARY,
      `mkdir -p /run/systemd/system/keepalived.service.d
       printf '[Service]\\nRestart=no\\n' >/run/systemd/system/keepalived.service.d/zz-hazard.conf
       systemctl daemon-reload; systemctl kill --signal=KILL --kill-whom=main keepalived`,
    );
    try {
      await waitFor('VIP and rule to be gone', 10_000, async () => {
        const { vip, snat } = await parts(lab, PRIMARY);
        return !vip && !snat;
      });
    } finally {
      await lab.mustConsole(
        PRIMARY,
        `rm -f /run/systemd/system/keepalived.service.d/zz-hazard.conf; systemctl daemon-reload
         ip -4 addr del ${VIP}/32 dev eth0 2>/dev/null; systemctl restart keepalived`,
      );
    }
  });

  it('hazards 15 and 21: the VIP never goes to the standby, neither in a partition nor after a power cut', async () => {
    await lab.partition(PRIMARY, STANDBY);
    await staysTrue('the standby closed', AT_REST_MS, () => isClosed(lab, STANDBY));
    assert.equal((await parts(lab, PRIMARY)).vip, true, 'the primary keeps it: the witness is there');
    await lab.heal();
    await lab.powerOff(PRIMARY, 'hard');
    await staysTrue('the standby closed', AT_REST_MS, () => isClosed(lab, STANDBY));
  });

  it('hazard 17: started on the standby, lsyncd touches nothing', async () => {
    await lab.mustConsole(PRIMARY, 'systemctl stop lsyncd');
    await lab.put(PRIMARY, `${FOLDER}/hazard_2.cnf`, 'cluster_id=2\n');
    await lab.mustConsole(STANDBY, 'systemctl start lsyncd');
    assert.equal((await lab.console(STANDBY, 'pgrep -x lsyncd')).code, 1, 'its condition fails');
    assert.equal(await here(PRIMARY, `${FOLDER}/hazard_2.cnf`), true);
    await lab.mustConsole(PRIMARY, 'systemctl start lsyncd');
    await waitFor('the file on the standby', 60_000, () => here(STANDBY, `${FOLDER}/hazard_2.cnf`));
    await lab.mustConsole(PRIMARY, `rm ${FOLDER}/hazard_2.cnf`);
  });

  /** lsyncd is started while the standby is away, and outlives that; one that ends all the same is started again. */
  async function failsToConnect(): Promise<void> {
    const lsyncd = async (): Promise<readonly [state: string, pid: string]> => {
      const show = 'systemctl is-active lsyncd; systemctl show --value -p MainPID lsyncd';
      const [state = '', pid = ''] = (await lab.mustConsole(PRIMARY, show)).split('\n');
      return [state, pid];
    };
    const log = (await lab.read(PRIMARY, LSYNCD_LOG)).length;
    // A connection to a host that is off is given up after seconds or two minutes; here always after seconds.
    await lab.mustConsole(PRIMARY, 'sysctl -q net.ipv4.tcp_syn_retries=2; systemctl start lsyncd');
    try {
      const [, first] = await lsyncd();
      await waitFor('lsyncd to fail to connect', 60_000, async () =>
        /Retrying startup|failure on startup/.test((await lab.read(PRIMARY, LSYNCD_LOG)).slice(log)),
      );
      await staysTrue('lsyncd, as it was started', 3000, async () => {
        const [state, pid] = await lsyncd();
        return state === 'active' && pid === first;
      });
      await lab.mustConsole(PRIMARY, 'systemctl kill --signal=KILL --kill-whom=main lsyncd');
      await waitFor('lsyncd to be started again', 10_000, async () => {
        const [state, pid] = await lsyncd();
        assert.notEqual(state, 'failed');
        return state === 'active' && pid !== first;
      });
    } finally {
      await lab.mustConsole(PRIMARY, 'sysctl -q net.ipv4.tcp_syn_retries=6');
    }
  }

  it('hazards 18, 19 and 27: a standby that is away fails nothing; what only it has stays; s9s.conf arrives', async () => {
    await lab.put(STANDBY, `${FOLDER}/hazard_only_there.cnf`, 'of the standby\n');
    await lab.mustConsole(STANDBY, 'sync');
    await lab.mustConsole(PRIMARY, 'systemctl stop lsyncd');
    await lab.powerOff(STANDBY, 'hard');
    await failsToConnect();
    await lab.mustConsole(PRIMARY, 'echo "# hazard 27" >>/etc/s9s.conf');
    await lab.powerOn(STANDBY);
    await untilHealthy(lab, PRIMARY, 90_000);
    await waitFor(
      's9s.conf on the standby',
      60_000,
      async () => (await lab.console(STANDBY, 'grep -q "hazard 27" /etc/s9s.conf')).code === 0,
    );
    assert.equal(await here(STANDBY, `${FOLDER}/hazard_only_there.cnf`), true, 'not deleted');
    await lab.mustConsole(STANDBY, `rm -f ${FOLDER}/hazard_only_there.cnf`);
    await lab.mustConsole(PRIMARY, "sed -i '/hazard 27/d' /etc/s9s.conf");
  });

  it('hazard 24: flips in quick succession, and notify scripts at one time, leave no rule without the VIP', async () => {
    await lab.mustConsole(PRIMARY, `systemctl stop ${GUARD}`);
    const flag = '/run/clustercontrol-ha/active';
    const flips = await lab.mustConsole(
      PRIMARY,
      `epoch=$(cat ${flag}); left=0; masters=0; mkfifo /run/hazard-24
       for i in $(seq 6); do
         rm -f ${flag}; sleep 0.3
         timeout 5 ip monitor address dev eth0 >/run/hazard-24 & monitor=$!
         (sleep 0.2; echo $epoch >${flag}.hazard; mv ${flag}.hazard ${flag}) &
         while read -r seen; do
           case $seen in *Deleted*) ;; *' ${VIP}/'*) rm -f ${flag}; masters=$((masters + 1)); break ;; esac
         done </run/hazard-24
         kill $monitor; wait; sleep 0.7
         if iptables -w 5 -t nat -S | grep -q -e '--to-source ${VIP}'; then left=$((left + 1)); fi
       done
       echo "masters $masters, left $left, vip $(ip -4 -o addr show dev eth0 | grep -c ' ${VIP}/')"
       rm -f /run/hazard-24; echo $epoch >${flag}.hazard; mv ${flag}.hazard ${flag}`,
      { timeoutMs: 60_000 },
    );
    assert.match(flips, /masters 6, left 0, vip 0/);
    const scripts = await lab.mustConsole(
      STANDBY,
      `for i in $(seq 12); do
         ( ${NOTIFY} MASTER & ${NOTIFY} FAULT & wait ) 2>/dev/null
         iptables -w 5 -t nat -S | grep -e '--to-source ${VIP}' || true
       done`,
      { timeoutMs: 60_000 },
    );
    assert.equal(scripts, '');
  });
});
