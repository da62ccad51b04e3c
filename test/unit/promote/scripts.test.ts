import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretNames } from '../../../src/core/plan/placeholders';
import type { HostScript, Plan } from '../../../src/core/plan/plan';
import { promoteQuestions } from '../../../src/core/schemes/replication/operation/questions';
import { sqlQuote } from '../../../src/core/quote';
import { planOf, setting, SETTINGS, type Setting } from './setting';

const scriptsOf = (plan: Plan): readonly (readonly [string, HostScript])[] =>
  plan.steps.flatMap(({ id, act, verify, undo }) => [
    [`${id} act`, act] as const,
    ...(verify === undefined ? [] : [[`${id} verify`, verify] as const]),
    ...(undo === undefined ? [] : [[`${id} undo`, undo.script] as const]),
  ]);

/** Programs that a script may call, none of them real. Each writes its words to a log, and answers like the real one's no. */
const STUBS: Readonly<Record<string, number>> = {
  'clustercontrol-ha': 1,
  mysql: 0,
  ssh: 255,
  rsync: 0,
  systemctl: 3,
  pgrep: 1,
  ip: 0,
  iptables: 0,
  s9s: 1,
  ping: 1,
};
const PLAIN = ['grep', 'sed', 'tr', 'cat', 'cut', 'seq', 'sleep', 'mkdir', 'rm', 'sha256sum'];

class Stage {
  private readonly folder = mkdtempSync(join(tmpdir(), 'scripts-'));
  private readonly bin = join(this.folder, 'bin');
  private readonly log = join(this.folder, 'log');

  constructor() {
    mkdirSync(this.bin);
    for (const [name, exitCode] of Object.entries(STUBS)) this.stub(name, exitCode);
    const template = join(this.bin, 'plain');
    writeFileSync(template, this.text('plain', 0));
    chmodSync(template, 0o755);
    for (const name of PLAIN) linkSync(template, join(this.bin, name));
  }

  /** A path on this stage that exists, so that it is among what is synced. */
  directory(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path);
    return `${path}/`;
  }

  exists(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  /** Runs a script of a plan among the stubs; never the helper of this machine, if it has one. */
  run({ script, stdin }: Pick<HostScript, 'script' | 'stdin'>): {
    exitCode: number | null;
    words: string[];
    stderr: string;
  } {
    writeFileSync(this.log, '');
    const harmless = script.replaceAll(
      /(?:\/usr\/local\/sbin|\/run\/clustercontrol-ha\/bin)\/clustercontrol-ha/g,
      'clustercontrol-ha',
    );
    const { status, stderr } = spawnSync('/bin/sh', ['-c', harmless], {
      cwd: this.folder,
      env: { PATH: this.bin, final_gtid: '', prepared_gtid: '' },
      input: stdin ?? '',
      encoding: 'utf8',
      timeout: 20_000,
    });
    return { exitCode: status, stderr, words: readFileSync(this.log, 'utf8').split('\0').slice(0, -1) };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private stub(name: string, exitCode: number): void {
    writeFileSync(join(this.bin, name), this.text(name, exitCode));
    chmodSync(join(this.bin, name), 0o755);
  }

  private text(name: string, exitCode: number): string {
    return `#!/bin/sh\nfor word; do printf '%s\\0' "$word" >>'${this.log}'; done\n: ${name}; exit ${exitCode}\n`;
  }
}

const PLANS = Object.entries(SETTINGS).map(([name, make]) => [name, planOf(make())] as const);

describe('scripts of a planned promotion', () => {
  for (const [name, plan] of PLANS) {
    it(`${name}: each is a text that sh can read`, () => {
      for (const [which, { script }] of scriptsOf(plan)) {
        const { status, stderr } = spawnSync('/bin/sh', ['-n'], { input: script, encoding: 'utf8' });
        assert.equal(status, 0, `${which}: ${stderr}\n${script}`);
      }
    });

    it(`${name}: secrets stand in standard input as references, and in nothing that is shown`, () => {
      const used = new Set<string>();
      for (const [which, { script, stdin = '' }] of scriptsOf(plan)) {
        assert.deepEqual(secretNames(script), [], which);
        for (const secret of secretNames(stdin)) used.add(secret);
      }
      assert.deepEqual([...used], plan.secrets);
      const shown = plan.steps.flatMap((step) => [...step.shown, ...(step.undo?.shown ?? [])]);
      assert.deepEqual(
        shown.filter((line) => secretNames(line).length > 0),
        [],
      );
      assert.ok(shown.some((line) => line.includes('<secret dc1-repl>')));
    });
  }
});

describe('a verify that finds nothing', () => {
  let stage: Stage;
  before(() => (stage = new Stage()));
  after(() => stage.remove());

  // The engine takes any other exit code for "it can't be told", and then neither runs the step again nor goes on.
  for (const [name, plan] of PLANS) {
    it(`${name}: says no by exit code 1, whatever its programs say`, () => {
      for (const { id, verify } of plan.steps) {
        // Nothing runs on this stage, so that these two find what they look for.
        if (verify === undefined || ['file-sync-stop', 'services-stop', 'vip-drop'].includes(id)) continue;
        const { exitCode, stderr } = stage.run(verify);
        assert.equal(exitCode, 1, `${id}: ${verify.script}\n${stderr}`);
      }
    });
  }
});

describe('hostile values', () => {
  const MARK = 'MARK';
  let stage: Stage;
  let site: Setting['site'];
  let whole: readonly string[];
  before(() => {
    stage = new Stage();
    const user = `${MARK}o'neil"; : >canary; $(: >canary) \`: >canary\` \\`;
    const socket = `/run/${MARK} it's $(: >canary)/mysqld.sock`;
    const folder = stage.directory(`${MARK}; : >canary; 'a' "b" $(: >canary) *`);
    const plain = setting('hardened').site;
    site = {
      ...plain,
      mysql: { ...plain.mysql, socket, replicationUser: { ...plain.mysql.replicationUser, user } },
      sync: { directories: [folder], files: [] },
    };
    whole = [`--socket=${socket}`, `--user=${user}`, folder];
  });
  after(() => stage.remove());

  it('the file list, the socket and the user stay one word each, and nothing of them is run', () => {
    const met = new Set<string>();
    for (const profile of ['hardened', 'documented'] as const) {
      const given = { ...setting(profile), site: { ...site, profile } };
      const questions = promoteQuestions(given.site, 'cc2').map((one) => [one.id, one] as const);
      for (const [which, script] of [...scriptsOf(planOf(given)), ...questions]) {
        if (!script.script.includes(MARK)) continue;
        for (const word of stage.run(script).words.filter((one) => one.includes(MARK))) {
          assert.ok(whole.includes(word), `${which}: ${word}`);
          met.add(word);
        }
      }
    }
    assert.equal(stage.exists('canary'), false);
    assert.deepEqual([...met].sort(), [...whole].sort());
  });

  it('the user stays one literal of the statement', () => {
    const plan = planOf({ ...setting('hardened'), site });
    const texts = scriptsOf(plan).flatMap(([, { stdin = '' }]) => (stdin.includes(MARK) ? [stdin] : []));
    assert.ok(texts.length >= 2);
    for (const text of texts) {
      assert.ok(text.includes(`SOURCE_USER=${sqlQuote(site.mysql.replicationUser.user)}, `), text);
      assert.equal(text.replaceAll(sqlQuote(site.mysql.replicationUser.user), '').includes(MARK), false);
    }
  });

  it('a GTID set that is none does not become part of a statement', () => {
    const plan = planOf(setting('hardened'));
    for (const id of ['caught-up', 'database-drain']) {
      const { act } = plan.steps.find((step) => step.id === id)!;
      const [input] = act.inputs ?? [];
      const { exitCode, stderr } = stage.run({
        script: `${input}="x'; DROP DATABASE cmon; --"\n${act.script}`,
      });
      assert.equal(exitCode, 1);
      assert.match(stderr, /not a GTID set/);
    }
  });

  it('the stage would show it: an unquoted value runs', () => {
    const own = new Stage();
    own.run({ script: `mysql --socket=${site.mysql.socket.replace("'", '')}` });
    assert.equal(own.exists('canary'), true);
    own.remove();
  });
});
