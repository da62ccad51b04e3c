import type { SnatState } from './host';

interface Rule {
  readonly chain: string;
  readonly text: string;
  readonly target: string | undefined;
}

/** `iptables -t nat -S`: which rules send out of this host under the VIP, and what is excluded before them. */
export function parseSnat(text: string, vip: string): SnatState {
  const rules = text.split('\n').flatMap((line): Rule[] => {
    const match = /^-A (\S+) (.*)$/.exec(line);
    if (match === null) return [];
    return [{ chain: match[1] ?? '', text: line, target: /(?:^| )-j (\S+)/.exec(line)?.[1] }];
  });
  const reachable = chainsFrom('POSTROUTING', rules);
  const toVip = rules.filter((rule) => reachable.has(rule.chain) && sourceOf(rule.text) === vip);
  return {
    toVip: toVip.map((rule) => rule.text),
    hardened: toVip.length > 0 && toVip.every((rule) => hasExclusions(rules, rule)),
  };
}

function chainsFrom(start: string, rules: readonly Rule[]): Set<string> {
  const reached = new Set([start]);
  for (const chain of reached) {
    for (const rule of rules) {
      if (rule.chain === chain && rule.target !== undefined) reached.add(rule.target);
    }
  }
  return reached;
}

function sourceOf(rule: string): string | undefined {
  return /--to-source ([0-9a-fA-F.:]+)/.exec(rule)?.[1];
}

/** Adverts, multicast and running connections must go out under the host's own address (measured). */
function hasExclusions(rules: readonly Rule[], rule: Rule): boolean {
  const before = rules
    .slice(0, rules.indexOf(rule))
    .filter((other) => other.chain === rule.chain && (other.target === 'RETURN' || other.target === 'ACCEPT'))
    .map((other) => other.text);
  return [/-p (vrrp|112)\b/, /MULTICAST|224\.0\.0\.0/, /! --syn|! --tcp-flags/].every((exclusion) =>
    before.some((text) => exclusion.test(text)),
  );
}
