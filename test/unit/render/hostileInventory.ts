import fc from 'fast-check';

/** A value of an inventory as YAML would have it. */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

const site = {
  scheme: 'replication',
  os: 'debian',
  ssh: { user: 'admin', identityFile: '~/.ssh/id_ed25519', jump: 'gate.example' },
  interface: 'ens18',
  network: '192.168.73.0/24',
  vip: '192.168.73.200',
  controllers: {
    cc1: { address: '192.168.73.201', priority: 105, os: 'debian', interface: 'eth1', ssh: { user: 'root' } },
    cc2: { address: '192.168.73.202', priority: 100 },
  },
  prometheus: { name: 'prom', address: '192.168.73.209', ssh: { user: 'root', jump: 'gate.example' } },
  mysql: {
    version: '8.4',
    port: 3307,
    socket: '/run/mysqld/mysqld.sock',
    bufferPoolSize: '2G',
    replicationUser: { user: 'repl', password: { secret: 'a-repl' } },
    cloneUser: { user: 'clone', password: { secret: 'a-clone' } },
    admin: { user: 'root', password: { secret: 'a-root' } },
  },
  sync: { directories: ['/var/lib/cmon/'], files: ['/etc/cmon.cnf'] },
  services: ['cmon', 'cmon-ssh'],
};
const version2 = {
  vrrpVersion: 2,
  virtualRouterId: 61,
  unicast: true,
  authPassword: { secret: 'a-vrrp' },
};

/** Sites that give every line which a value can reach, with every key that takes a text. */
export const INVENTORIES: Readonly<Record<string, Value>> = Object.fromEntries(
  Object.entries({
    hardened: { ...site, profile: 'hardened', selfFence: 'off' },
    'hardened, version 2': { ...site, profile: 'hardened', keepalived: version2 },
    documented: { ...site, profile: 'documented', keepalived: version2 },
  }).map(([name, one]) => [name, { version: 1, sites: { dc1: one } }]),
);

/** Where a text stands: the keys on the way to it; `key`: the text is the last of them itself, a name. */
export interface Place {
  readonly way: readonly string[];
  readonly key: boolean;
}

/** Every text of a value, and the names that the operator gives: those of sites and of controllers. */
export function placesOf(value: Value, way: readonly string[] = []): readonly Place[] {
  if (typeof value === 'string') return [{ way, key: false }];
  if (typeof value !== 'object') return [];
  const named = ['sites', 'controllers'].includes(way.at(-1) ?? '');
  return Object.entries(value).flatMap(([key, inner]: [string, Value]) => [
    ...(named ? [{ way: [...way, key], key: true }] : []),
    ...placesOf(inner, [...way, key]),
  ]);
}

/** The text at a place. */
export function textAt(value: Value, { way, key }: Place): string {
  if (key) return way.at(-1) ?? '';
  const found = way.reduce<Value | undefined>(
    (inner, step) =>
      typeof inner === 'object' ? Object.entries(inner).find(([k]) => k === step)?.[1] : inner,
    value,
  );
  return typeof found === 'string' ? found : '';
}

/** The same value with another text at a place. */
export function withText(value: Value, { way, key }: Place, text: string): Value {
  const [step, ...rest] = way;
  if (step === undefined) return text;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    return value.map((inner: Value, n) =>
      String(n) === step ? withText(inner, { way: rest, key }, text) : inner,
    );
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, Value]): [string, Value] => {
      if (name !== step) return [name, inner];
      return key && rest.length === 0 ? [text, inner] : [name, withText(inner, { way: rest, key }, text)];
    }),
  );
}

/** What a shell, keepalived, an option file, or YAML would read as its own; each alone or as a whole attack. */
const EVIL = fc.oneof(
  fc.constantFrom(
    ...`'"\\\`$(){}[]&|<>;!#%*?~,= \t\n\r:@/.-`,
    ...['\u0000', '\u0085', '\u2028', '\u2029', '\u202e', '\ufeff', '\u00a0', '\ud800'],
    ...['..', '../', '${X}', '~SEQ', '@cc1 ', '{{secret:other}}', '\\\n', '\r\n', '"\n'],
    ...[
      '\n    notify /tmp/x',
      '\n}\nvrrp_script x {\n',
      ' { ',
      ' }',
      '\ninclude /tmp/x',
      '\n$X=y\n',
      ' weight 2',
    ],
    ...[
      '\ninit_file=/tmp/x',
      '\n[client]\n',
      '\n!include /tmp/x',
      "'\nskip-grant-tables\n'",
      '\n[mysqld-9]\nx=1',
    ],
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
);
/** What such a value may well hold: often enough that many sites are accepted. */
const PLAIN = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9]{1,3}$/),
  fc.constantFrom('-', '.', '_', '/', '-x', '.x', '0'),
);

/** A text made of another: something put into it, or something else altogether. */
export const changes: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc.tuple(fc.oneof(PLAIN, EVIL), fc.nat(16)).map(
    ([put, at]) =>
      (text: string) =>
        text.slice(0, at) + put + text.slice(at),
  ),
  fc
    .oneof({ weight: 3, arbitrary: PLAIN }, { weight: 1, arbitrary: EVIL })
    .map((put) => (text: string) => text + put),
  fc.array(fc.oneof(PLAIN, EVIL), { maxLength: 5 }).map((parts) => () => parts.join('')),
);
