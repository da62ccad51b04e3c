import type { InventoryPath } from '../../findings/finding';
import { SERVICES, SYNC_FILES, syncDirectories } from '../../schemes/replication/defaults';
import { networkOf, networkText } from '../ipv4';
import type { Cursor } from './cursor';
import { schemaNode } from './schemaNode';
import type { SchemaNode } from './schemaNode';
import type { SeenHost, SeenSites } from './seen';
import { described, literal } from './suggestion';
import type { SuggestionDraft } from './suggestion';
import { usedElsewhere } from './usedElsewhere';

interface Value {
  readonly text: string;
  readonly detail: string;
  readonly kind?: 'value' | 'seen';
}

/** Values that may stand at the cursor: those of the schema, those seen on hosts, those used elsewhere. */
export function valueSuggestions(text: string, cursor: Cursor, seen: SeenSites): SuggestionDraft[] {
  const path = cursor.place === 'item' ? [...cursor.path, 0] : cursor.path;
  const node = schemaNode(path);
  if (node === undefined) return [];
  const hosts = seen[String(path[1])] ?? [];
  const values = node.kind === 'value' ? known(path, node, hosts, text) : reference(path, node);
  const unique = new Map<string, Value>();
  for (const value of values) if (!unique.has(value.text)) unique.set(value.text, value);
  return [...unique.values()].map((value, index) => ({
    label: value.text,
    kind: value.kind ?? 'value',
    detail: value.detail,
    documentation: described(node),
    insert: literal(value.text),
    rank: index,
    again: false,
  }));
}

function known(path: InventoryPath, node: SchemaNode, hosts: readonly SeenHost[], text: string): Value[] {
  const { about } = node;
  const fallback = about?.default;
  return [
    ...fromHosts(path, hosts),
    ...node.choices.map((choice) => ({ text: choice, detail: choice === String(fallback) ? 'default' : '' })),
    ...listed(path),
    ...secretNames(path),
    ...(fallback === undefined || Array.isArray(fallback)
      ? []
      : [{ text: String(fallback), detail: 'default' }]),
    ...usedElsewhere(text, path).map((used) => ({
      text: used,
      detail: 'used elsewhere in this file',
      kind: 'seen' as const,
    })),
    ...(node.choices.length > 0
      ? []
      : (about?.examples ?? []).map((one) => ({ text: String(one), detail: 'example' }))),
  ];
}

/** Live values: what the last observation saw. On a controller its own, on the site those of all. */
function fromHosts(path: InventoryPath, hosts: readonly SeenHost[]): Value[] {
  const key = path.at(-1);
  const own = path[2] === 'controllers' ? hosts.filter(({ host }) => host === path[3]) : hosts;
  const detail = (host: string): string => `seen on ${host}`;
  const each = (value: (host: SeenHost) => readonly string[]): Value[] =>
    own.flatMap((host) =>
      value(host).map((text) => ({ text, detail: detail(host.host), kind: 'seen' as const })),
    );
  if (key === 'interface') return each(({ addresses }) => addresses.map((one) => one.interface));
  if (key === 'address') return each(({ addresses }) => addresses.map(({ address }) => address));
  if (key === 'network') {
    return each(({ addresses }) =>
      addresses.map((one) => networkText(networkOf(one.address, one.prefixLength))),
    );
  }
  if (key === 'version') return each(({ mysqlVersion }) => series(mysqlVersion));
  return [];
}

function series(version: string | undefined): string[] {
  const found = /^(8\.0|8\.4|9)\b/.exec(version ?? '')?.[1];
  return found === undefined ? [] : [JSON.stringify(found)];
}

/** The documented sets, item by item. */
function listed(path: InventoryPath): Value[] {
  const list = path.slice(2, -1).join('.');
  const values =
    list === 'services'
      ? SERVICES
      : list === 'sync.directories'
        ? syncDirectories(undefined)
        : list === 'sync.files'
          ? SYNC_FILES.hardened
          : [];
  return values.map((text) => ({ text, detail: 'documented set' }));
}

function secretNames(path: InventoryPath): Value[] {
  if (path.at(-1) !== 'secret') return [];
  const [, site, , account] = path;
  const name = { replicationUser: 'repl', cloneUser: 'clone', admin: 'admin' }[String(account)] ?? 'vrrp';
  return [{ text: `${String(site)}-${name}`, detail: 'name of a secret; "Set Secret" stores its value' }];
}

/** A password is a reference to a secret. */
function reference(path: InventoryPath, node: SchemaNode): Value[] {
  if (node.keys.length !== 1 || node.keys[0]?.name !== 'secret') return [];
  return secretNames([...path, 'secret']).map(({ text }) => ({
    text: `{ secret: ${text} }`,
    detail: 'the value is kept in the secret storage',
  }));
}
