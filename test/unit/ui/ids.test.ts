import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SCHEMES } from '../../../src/core/schemes/registry';
import { commandOf } from '../../../src/ui/runbook/commandOf';
import {
  COMMANDS,
  CONTEXT_KEYS,
  RUNBOOK_VIEW_TYPE,
  SETTINGS,
  SETTINGS_SECTION,
  VIEW_CONTAINER,
  VIEWS,
} from '../../../src/ui/ids';

interface Setting {
  readonly scope?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: boolean;
}

type SettingName = keyof typeof SETTINGS;

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when: string;
    }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const ROOT = path.resolve(__dirname, '../../..');
const text = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
const { contributes } = JSON.parse(text) as Manifest;
const nls = JSON.parse(readFileSync(path.join(ROOT, 'package.nls.json'), 'utf8')) as Record<string, string>;

const sorted = (values: Iterable<string>): string[] => [...values].sort();

describe('the command by which an operation is asked for', () => {
  const operations = SCHEMES.flatMap((scheme) => scheme.operations.map(({ id }) => id));

  it('is in the palette by this very name, for every operation', () => {
    const titles = contributes.commands.map(({ title }) => nls[title.replaceAll('%', '')]?.replace(/…$/, ''));
    for (const id of operations) assert.ok(titles.includes(commandOf(id)), `${id}: "${commandOf(id)}"`);
    assert.equal(new Set(operations.map(commandOf)).size, operations.length);
    assert.equal(commandOf('from-a-later-version'), '');
  });
});

describe('ids and package.json', () => {
  it('name the same commands', () => {
    assert.deepEqual(
      sorted(contributes.commands.map(({ command }) => command)),
      sorted(Object.values(COMMANDS)),
    );
  });

  it('name the same settings, at most 15', () => {
    const inCode = Object.values(SETTINGS).map((name) => `${SETTINGS_SECTION}.${name}`);
    assert.deepEqual(sorted(Object.keys(contributes.configuration.properties)), sorted(inCode));
    assert.ok(inCode.length <= 15);
  });

  it('name the same views', () => {
    assert.deepEqual(sorted(Object.keys(contributes.views)), [VIEW_CONTAINER]);
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [VIEW_CONTAINER],
    );
    const inManifest = (contributes.views[VIEW_CONTAINER] ?? []).map(({ id }) => id);
    assert.deepEqual(sorted(inManifest), sorted(Object.values(VIEWS)));
  });

  it('use no command, view or context key in menus and clauses that nobody defines', () => {
    const known = new Set<string>([
      ...Object.values(COMMANDS),
      ...Object.values(VIEWS),
      ...Object.values(CONTEXT_KEYS),
      RUNBOOK_VIEW_TYPE,
      ...Object.values(SETTINGS).map((name) => `${SETTINGS_SECTION}.${name}`),
    ]);
    const used = [...text.matchAll(/clustercontrolHa\.[A-Za-z.]*[A-Za-z]/g)].map(([id]) => id);
    const inTexts = Object.values(nls).flatMap((value) =>
      [...value.matchAll(/clustercontrolHa\.[A-Za-z.]*[A-Za-z]/g)].map(([id]) => id),
    );
    assert.deepEqual(
      [...used, ...inTexts].filter((id) => !known.has(id)),
      [],
    );
    for (const key of Object.values(CONTEXT_KEYS)) {
      assert.ok(used.includes(key), `${key} is set and never asked`);
    }
  });

  it('bring runbook pages back after a reload', () => {
    assert.ok(text.includes(`"onWebviewPanel:${RUNBOOK_VIEW_TYPE}"`));
  });

  it('have a text for every placeholder, and no text too many', () => {
    const placeholders = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map(([, name]) => name ?? ''));
    assert.deepEqual(sorted(placeholders), sorted(Object.keys(nls)));
  });
});

describe('the manifest', () => {
  it('gives every command the category and no prefix in its title', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.equal(category, 'ClusterControl HA', command);
      const shown = nls[title.slice(1, -1)] ?? '';
      assert.match(shown, /^[A-Z]/, command);
      assert.doesNotMatch(shown, /ClusterControl/, command);
    }
  });

  it('has at most two inline actions on a row, and none of them changes a host', () => {
    const inline = (contributes.menus['view/item/context'] ?? []).filter((item) =>
      JSON.stringify(item).includes('"inline'),
    );
    for (const view of Object.values(VIEWS)) {
      const own = inline.filter(({ when }) => when?.includes(`view == ${view}`));
      assert.ok(own.length > 0 && own.length <= 2, view);
    }
    const harmless: readonly string[] = [COMMANDS.openTerminal, COMMANDS.replayRun];
    assert.ok(inline.every(({ command }) => harmless.includes(command)));
  });

  it('offers what talks to hosts only in trusted workspaces', () => {
    const toHosts: readonly string[] = [
      COMMANDS.promoteStandby,
      COMMANDS.failOver,
      COMMANDS.prepareAsSecondary,
      COMMANDS.refresh,
      COMMANDS.newInventoryFromHosts,
      COMMANDS.openTerminal,
      COMMANDS.resumeOperation,
    ];
    const entries = Object.values(contributes.menus).flat();
    for (const id of toHosts) {
      const offered = entries.filter(({ command }) => command === id);
      assert.ok(offered.length > 0, id);
      assert.ok(
        offered.every(({ when }) => when?.includes('isWorkspaceTrusted')),
        id,
      );
    }
  });

  it('keeps what is executed machine-scoped, and so says of every other setting that it is not', () => {
    const { properties } = contributes.configuration;
    // A new setting has to be put on one side or the other.
    const harmless: readonly SettingName[] = ['refreshIntervalSeconds', 'generatedFolder', 'notifyOnChange'];
    const executed = (Object.keys(SETTINGS) as SettingName[]).filter((name) => !harmless.includes(name));
    assert.deepEqual(sorted(executed), ['hooks', 'sshConfigFile']);
    for (const name of executed) {
      assert.equal(properties[`${SETTINGS_SECTION}.${SETTINGS[name]}`]?.scope, 'machine', name);
    }
  });

  it('hooks before, after and of the power are one setting: no part of it has another scope', () => {
    const hooks = contributes.configuration.properties[`${SETTINGS_SECTION}.${SETTINGS.hooks}`];
    assert.deepEqual(sorted(Object.keys(hooks?.properties ?? {})), ['after', 'before', 'power']);
    assert.equal(hooks?.additionalProperties, false);
    const parts = Object.keys(contributes.configuration.properties).filter((name) =>
      /hook|power/i.test(name),
    );
    assert.deepEqual(parts, [`${SETTINGS_SECTION}.${SETTINGS.hooks}`]);
  });
});
