import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseInventory } from '../../../src/core/inventory/parse';
import type { HostScript } from '../../../src/core/plan/plan';
import { wrapScript } from '../../../src/core/run/wrap';
import { replicationFiles } from '../../../src/core/schemes/replication/files/render';
import { promotionSketch, sketchPlan } from '../../unit/run/world/plans';
import { Lab } from '../lab';
import { distinct, hostileTexts } from './hostileText';

const INSTANCES = 200;
const FOLDER = '/run/read-back';

/** What one inventory says, and what keepalived must say of it. */
interface Meant {
  readonly interface: string;
  readonly id: number;
  readonly priority: number | undefined;
  readonly interval: number;
  readonly vip: string;
  readonly addresses: readonly [string, string];
  readonly unicast: boolean;
  /** Undefined: VRRP version 3, which has none. */
  readonly password: string | undefined;
}

/** Text as it goes to a host, its secret filled in as the product does it. Undefined: the secret is refused. */
function sent(content: string, password: string): string | undefined {
  const script: HostScript = {
    script: 'cat',
    stdin: content.replaceAll('{{secret:', '{{secret-text:'),
    timeoutMs: 1000,
    leased: false,
  };
  const rest = { token: undefined, leased: false, emptyWhereMissing: false, replyMarginMs: 0 };
  try {
    return wrapScript({
      ...{ plan: sketchPlan(promotionSketch()), script, captured: new Map(), secret: () => password },
      ...rest,
    }).stdin;
  } catch (error) {
    assert.ok(error instanceof RangeError);
    return undefined;
  }
}

/** keepalived.conf of cc1 for an inventory. Undefined where the inventory or its secret is refused. */
function rendered(meant: Meant): string | undefined {
  const { password, unicast } = meant;
  const controller = (address: string, priority: number | undefined) => ({
    ...{ address, interface: meant.interface },
    ...(priority === undefined ? {} : { priority }),
  });
  const inventory = {
    version: 1,
    sites: {
      dc1: {
        scheme: 'replication',
        profile: meant.priority === undefined ? 'hardened' : 'documented',
        vip: meant.vip,
        controllers: {
          cc1: controller(meant.addresses[0], meant.priority),
          cc2: controller(meant.addresses[1], meant.priority && meant.priority - 1),
        },
        prometheus: { address: '10.255.255.9' },
        keepalived: {
          ...{ virtualRouterId: meant.id, advertInterval: meant.interval, unicast },
          vrrpVersion: password === undefined ? 3 : 2,
          ...(password === undefined ? {} : { authPassword: { secret: 'vrrp' } }),
        },
      },
    },
  };
  const { sites, findings } = parseInventory('a.yaml', JSON.stringify(inventory));
  const [site] = sites;
  if (site === undefined) {
    assert.ok(findings.some(({ severity }) => severity === 'error'));
    return undefined;
  }
  const file = replicationFiles(site).find(
    ({ host, path }) => host === 'cc1' && path.endsWith('/keepalived.conf'),
  );
  assert.ok(file);
  return sent(file.content, password ?? '');
}

const REFERENCE = '{{secret:vrrp}}';

/** Of at most 8 bytes: keepalived says itself that it cuts a longer one. */
function hostilePasswords(): string[] {
  return [...new Set(hostileTexts(3000, 4))].filter((text) => text !== '' && Buffer.byteLength(text) <= 8);
}

/** As many as can stand in one daemon: an interface each. */
function meantInstances(): Meant[] {
  const names = distinct(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/), INSTANCES);
  const passwords = hostilePasswords().filter((one) => sent(REFERENCE, one) !== undefined);
  assert.ok(passwords.length > INSTANCES);
  const random = fc.sample(fc.tuple(fc.nat(253), fc.nat(252), fc.nat(3), fc.boolean()), {
    numRuns: INSTANCES,
    seed: 7,
  });
  return random.map(([id, priority, kind, unicast], n) => {
    const network = `10.${n >> 6}.${n & 63}`;
    const version2 = kind < 3;
    return {
      ...{ interface: names[n] ?? '', id: id + 1, unicast },
      priority: kind === 0 || kind === 3 ? undefined : priority + 2,
      interval: version2 ? 1 + (n % 9) : ([0.2, 0.5, 1.25, 2.5][n % 4] ?? 1),
      vip: `${network}.${100 + (n % 100)}`,
      addresses: [`${network}.1`, `${network}.${2 + (n % 90)}`],
      password: version2 ? passwords[n] : undefined,
    };
  });
}

/** One configuration with an instance of each: `global_defs` once, every other block by a name of its own. */
function together(texts: readonly string[]): string {
  const blocks = texts.map((text, n) =>
    text
      .slice(text.indexOf('vrrp_instance'))
      .replace('VI_1', `I${n}`)
      .replace(/ {4}track_(file|script) \{[^}]*\}\n/, ''),
  );
  return `global_defs {\n    enable_script_security\n    script_user root\n    state_dump_file "${FOLDER}/dump"\n}\n${blocks.join('')}`;
}

/** Starts keepalived in a network namespace of its own that has these interfaces, and lets it say what it read. */
function readBack(interfaces: readonly string[]): string {
  const links = interfaces.flatMap((name, n) => {
    const peer = interfaces[n + 1] ?? 'ccha-rest';
    return n % 2 === 0 ? [`link add ${name} type veth peer name ${peer}`] : [];
  });
  return `rm -rf ${FOLDER}; mkdir ${FOLDER}; cat >${FOLDER}/keepalived.conf; cd ${FOLDER}
cat >links <<'END'
${links.join('\n')}
END
[ -e /etc/keepalived/manage_snat.sh ] || { printf '#!/bin/sh\\n' >/etc/keepalived/manage_snat.sh; chmod 755 /etc/keepalived/manage_snat.sh; }
cat >inside <<'END'
ip -batch links || exit 1
for path in /sys/class/net/*; do ip link set "\${path##*/}" up; done
keepalived -n -l -P -f keepalived.conf -p pid -r vrrp >log 2>&1 & daemon=$!
ready() { for _ in $(seq 300); do [ -s "$1" ] && return 0; kill -0 $daemon 2>/dev/null || return 1; sleep 0.1; done; return 1; }
ready vrrp && kill -USR1 $(cat vrrp) && ready dump
# The dump is written at once, but not by one call: it is whole when it no longer grows.
size=-1; while [ "$size" != "$(wc -c <dump)" ]; do size=$(wc -c <dump); sleep 0.3; done
kill $daemon; wait $daemon; true
END
unshare -n sh inside
cat dump; echo ------log; cat log; cd /; rm -rf ${FOLDER}`;
}

/** One instance of the dump: its lines by their names, and the lines below a heading. */
function section(
  dump: string,
  n: number,
): { value(name: string): string | undefined; below(heading: RegExp): string } {
  const begin = dump.indexOf(` VRRP Instance = I${n}\n`);
  assert.ok(begin >= 0, `keepalived has no instance I${n}`);
  const end = dump.indexOf(' VRRP Instance = ', begin + 1);
  const lines = dump.slice(begin, end < 0 ? undefined : end).split('\n');
  return {
    value: (name) => lines.find((line) => line.startsWith(`   ${name} = `))?.slice(name.length + 6),
    below: (heading) => lines[lines.findIndex((line) => heading.test(line)) + 1]?.trim() ?? '',
  };
}

describe('what is rendered for keepalived', () => {
  const lab = Lab.current();

  it('is read back by it: more than 1,000 values, each as it was meant', async () => {
    const meant = meantInstances();
    const texts = meant.map((one) => rendered(one) ?? assert.fail(JSON.stringify(one)));
    const said = await lab.mustConsole('cc1', readBack(meant.map((one) => one.interface)), {
      input: together(texts),
      timeoutMs: 110_000,
    });
    const [dump = '', log = ''] = said.split('------log\n');
    let values = 0;
    const same = (actual: unknown, expected: unknown, what: string): void => {
      assert.equal(actual, expected, `${what}\n${log.slice(0, 2000)}`);
      values++;
    };
    for (const [n, one] of meant.entries()) {
      const { value, below } = section(dump, n);
      same(value('Interface'), one.interface, 'interface');
      same(Number(value('Virtual Router ID')), one.id, 'virtual router id');
      if (one.priority !== undefined) same(Number(value('Priority')), one.priority, 'priority');
      same(seconds(value('Advert interval')), one.interval, 'interval');
      same(below(/Virtual IP \(1\)/).split(/[ /]/)[0], one.vip, 'virtual IP');
      if (one.password !== undefined) same(value('Password'), one.password, 'password');
      if (!one.unicast) continue;
      same(value('Using src_ip')?.split(' ')[0], one.addresses[0], 'own address');
      same(below(/Unicast Peer/i).split(/[ /]/)[0], one.addresses[1], "the other's address");
    }
    assert.ok(values >= 1000, `${values} values`);
    console.log(`      ${values} values of ${meant.length} instances`);
  });

  it('is refused before where it would be read as something else: each such password', async () => {
    const refused = hostilePasswords().filter((text) => sent(REFERENCE, text) === undefined);
    assert.ok(refused.length > 100);
    // And not for nothing: this is what would have become of the plainest of them.
    const example = meantInstances().find(({ password }) => password !== undefined) ?? assert.fail();
    const texts = ['a#b', 'a!b', 'a b'].map((password) => {
      const text = rendered({ ...example, password: 'PASSWORD', interface: 'ccha-a' });
      return (text ?? assert.fail())
        .replace('PASSWORD', password)
        .replace(/virtual_router_id \d+/, `virtual_router_id ${password.charCodeAt(1)}`);
    });
    const said = await lab.mustConsole('cc1', readBack(['ccha-a']), {
      input: together(texts),
      timeoutMs: 60_000,
    });
    assert.deepEqual(
      texts.map((_, n) => section(said, n).value('Password')),
      ['a', 'a', 'a'],
    );
  });
});

/** `1 sec`, or `200 milli-sec`. */
function seconds(said: string | undefined): number | undefined {
  const match = /^([\d.]+) (sec|milli-sec)/.exec(said ?? '');
  return match === null ? undefined : match[2] === 'sec' ? Number(match[1]) : Number(match[1]) / 1000;
}
