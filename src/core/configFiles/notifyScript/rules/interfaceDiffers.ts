import { vrrpInstances } from '../../../keepalived/config';
import type { TextRange } from '../../../findings/finding';
import { inFile, replace } from '../../place';
import { matches, type NotifyScriptRule, type NotifyScriptText } from '../rule';

/** Where a script names the interface: the documented variable, else the rule itself. */
const NAMED = [
  /^\s*(?:export\s+)?INTERFACE=["']?([A-Za-z0-9_.@-]+)/gm,
  /\s-o\s+([A-Za-z0-9_.@-]+)(?=\s)/g,
] as const;

function namedIn(script: NotifyScriptText): { readonly name: string; readonly at: TextRange } | undefined {
  for (const pattern of NAMED) {
    const [first] = matches(script, pattern);
    if (first === undefined) continue;
    const name = /[A-Za-z0-9_.@-]+$/.exec(script.text.slice(first.start, first.end))?.[0] ?? '';
    return { name, at: { start: first.end - name.length, end: first.end } };
  }
  return undefined;
}

export const interfaceDiffers: NotifyScriptRule = {
  code: 'notify-script-interface-differs',
  severity: 'error',
  why: 'The script rewrites what leaves one interface, and the virtual IP is on another: packets go out under the host’s own address, and managed nodes that know the virtual IP alone refuse them.',
  remedy: 'Name the same interface in both files. `ip -o route get ADDRESS-OF-A-NODE` says which it is.',
  check(script) {
    const interfaces = [
      ...new Set(vrrpInstances(script.keepalived ?? '').flatMap((one) => one.interface ?? [])),
    ];
    const named = namedIn(script);
    if (named === undefined || interfaces.length === 0 || interfaces.includes(named.name)) return [];
    const [only] = interfaces;
    return [
      inFile(
        script,
        named.at,
        `keepalived.conf beside it has the virtual IP on ${interfaces.join(', ')}, the script names ${named.name}`,
        interfaces.length === 1 && only !== undefined ? { fix: replace(`Name ${only}`, named.at, only) } : {},
      ),
    ];
  },
};
