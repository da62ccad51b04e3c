/** What a promotion and the findings need of one vrrp_instance (keepalived.conf(5)). */
export interface VrrpInstance {
  readonly name: string;
  readonly virtualRouterId: number | undefined;
  readonly priority: number | undefined;
  /** 2 unless the file says 3 (`version 3`, or `vrrp_version 3` in global_defs). */
  readonly version: number;
  readonly advertIntervalSeconds: number;
  readonly nopreempt: boolean;
  readonly interface: string | undefined;
  /** Without prefix length. */
  readonly addresses: readonly string[];
  readonly trackFiles: readonly string[];
  readonly trackScripts: readonly string[];
  readonly notify: string | undefined;
}

interface Block {
  readonly words: readonly string[];
  readonly children: Block[];
}

/** `#` and `!` begin a comment wherever a word may begin. */
function tokens(text: string): string[][] {
  return text
    .split('\n')
    .map((line) => line.replace(/(^|\s)[#!].*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.match(/"[^"]*"|[{}]|[^\s{}]+/g) ?? []);
}

/** The nested blocks of a keepalived.conf. Unbalanced braces are tolerated: what is open at the end closes there. */
function parseBlocks(text: string): Block {
  const root: Block = { words: [], children: [] };
  const open: Block[] = [root];
  const top = (): Block => open[open.length - 1] ?? root;
  for (const line of tokens(text)) {
    let words: string[] = [];
    const finish = (): void => {
      if (words.length > 0) {
        top().children.push({ words, children: [] });
      }
      words = [];
    };
    for (const token of line) {
      if (token === '{') {
        const last = words.length > 0 ? { words, children: [] } : top().children.pop();
        const block = last ?? { words: [], children: [] };
        top().children.push(block);
        open.push(block);
        words = [];
      } else if (token === '}') {
        finish();
        if (open.length > 1) {
          open.pop();
        }
      } else {
        words.push(token.replaceAll('"', ''));
      }
    }
    finish();
  }
  return root;
}

function first(block: Block, keyword: string): string | undefined {
  return block.children.find((child) => child.words[0] === keyword)?.words[1];
}

function all(block: Block, keyword: string): string[] {
  return block.children
    .filter((child) => child.words[0] === keyword)
    .flatMap((child) => child.children.map((line) => line.words[0] ?? ''));
}

function asNumber(word: string | undefined): number | undefined {
  const value = word === undefined ? Number.NaN : Number(word);
  return Number.isFinite(value) ? value : undefined;
}

/** Every vrrp_instance of a configuration text. Never throws: what can't be read is undefined. */
export function vrrpInstances(text: string): VrrpInstance[] {
  const root = parseBlocks(text);
  const globals = root.children.find((block) => block.words[0] === 'global_defs');
  const defaultVersion = asNumber(globals === undefined ? undefined : first(globals, 'vrrp_version')) ?? 2;
  return root.children
    .filter((block) => block.words[0] === 'vrrp_instance')
    .map((block) => ({
      name: block.words[1] ?? '',
      virtualRouterId: asNumber(first(block, 'virtual_router_id')),
      priority: asNumber(first(block, 'priority')),
      version: asNumber(first(block, 'version')) ?? defaultVersion,
      advertIntervalSeconds: asNumber(first(block, 'advert_int')) ?? 1,
      nopreempt: block.children.some((child) => child.words[0] === 'nopreempt'),
      interface: first(block, 'interface'),
      addresses: all(block, 'virtual_ipaddress').map((address) => address.replace(/\/\d+$/, '')),
      trackFiles: all(block, 'track_file'),
      trackScripts: all(block, 'track_script'),
      notify: first(block, 'notify'),
    }));
}

/** The instance that carries this address. */
export function instanceOf(text: string, vip: string): VrrpInstance | undefined {
  return vrrpInstances(text).find((instance) => instance.addresses.includes(vip));
}
