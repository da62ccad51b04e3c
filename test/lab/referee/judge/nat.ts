/**
 * Whether `iptables-save -t nat` has a rule, reached from POSTROUTING, that rewrites the source to `address`.
 * A chain that nothing jumps to rewrites nothing, whatever stands in it.
 */
export function rewritesSourceTo(address: string, saved: string): boolean {
  const rules = new Map<string, { target: string; toSource: string | undefined }[]>();
  for (const line of saved.split('\n')) {
    const match = /^-A (\S+) .*?(?:-j|-g) (\S+)/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const toSource = /--to-source (\S+)/.exec(line)?.[1];
    rules.set(match[1], [...(rules.get(match[1]) ?? []), { target: match[2], toSource }]);
  }
  const visited = new Set<string>();
  const reach = (chain: string): boolean => {
    if (visited.has(chain)) return false;
    visited.add(chain);
    return (rules.get(chain) ?? []).some(
      (rule) => (rule.target === 'SNAT' && rule.toSource === address) || reach(rule.target),
    );
  };
  return reach('POSTROUTING');
}
