import { shellQuote } from '../../../../quote';
import type { PlanQuestion } from '../../../scheme';

/** One thing that cmon must reach from its new host. */
export interface ReachedNode {
  readonly node: string;
  /** Undefined: it was reached. */
  readonly trouble: string | undefined;
}

export interface ReachAnswer {
  readonly nodes: readonly ReachedNode[];
  readonly prometheus: string | undefined;
}

/** Nodes of more clusters than this are not asked: the check says how many there are. */
const MOST_NODES = 60;

/**
 * Logs in to every managed node with cmon's own key and user, as its cluster files name them (`*_server_addresses`,
 * `osuser`, `ssh_identity`, `ssh_port`), and runs `true`. Host keys are not compared and not kept: cmon doesn't either, and
 * nothing but a public key's signature leaves this host. All at once, three seconds at most.
 */
export function reachQuestion(id: string, host: string, prometheusAddress: string): PlanQuestion {
  const ready = shellQuote(`http://${prometheusAddress}:9090/-/ready`);
  return {
    id,
    host,
    script: [
      `login() { user=$1; key=$2; port=$3; node=$4`,
      `  set -- -o BatchMode=yes -o ConnectTimeout=2 -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null -o LogLevel=ERROR -p "$port" -l "$user"`,
      `  [ "$key" = - ] || set -- "$@" -o IdentitiesOnly=yes -i "$key"`,
      `  if out=$(timeout 3 ssh "$@" -- "$node" true </dev/null 2>&1); then printf 'node %s@%s ok\\n' "$user" "$node"`,
      `  else printf 'node %s@%s failed %s\\n' "$user" "$node" "$(printf '%s' "\${out:-no answer within 3 s}" | tail -n 1)"; fi; }`,
      `nodes=$(awk -F= '
        function flush(  n, i, list, parts) {
          n = split(addresses, list, /[,; ]+/)
          for (i = 1; i <= n; i++) if (list[i] != "") { split(list[i], parts, ":"); print user, key, port, parts[1] }
          addresses = ""; user = "root"; key = "-"; port = 22
        }
        function plain(text) { gsub(/^[ \\t"'\\'']+|[ \\t\\r"'\\'']+$/, "", text); return text }
        BEGIN { flush() }
        FNR == 1 { flush() }
        { name = plain($1); value = plain(substr($0, index($0, "=") + 1)) }
        name ~ /_server_addresses$|^datanode_addresses$|^mgmnode_addresses$/ && value != "" { addresses = addresses "," value }
        (name == "osuser" || name == "os_user") && value != "" { user = value }
        name == "ssh_identity" && value != "" { key = value }
        name == "ssh_port" && value ~ /^[0-9]+$/ { port = value }
        END { flush() }' /dev/null $(ls -1 /etc/cmon.d/cmon_*.cnf 2>/dev/null) | sort -u | head -n ${MOST_NODES})`,
      `( if command -v curl >/dev/null 2>&1; then out=$(curl -fsS -m 2 ${ready} 2>&1); else out=$(wget -q -T 2 -t 1 -O - ${ready} 2>&1); fi && echo 'prometheus ok' || printf 'prometheus failed %s\\n' "$(printf '%s' "\${out:-no answer}" | tail -n 1)" ) &`,
      `while read -r user key port node; do [ -z "$node" ] || login "$user" "$key" "$port" "$node" & done <<NODES`,
      `$nodes`,
      `NODES`,
      `wait`,
    ].join('\n'),
    timeoutMs: 6_000,
    remote: true,
  };
}

export function readReach(text: string): ReachAnswer {
  const lines = text.split('\n');
  const trouble = (said: string): string | undefined =>
    said.startsWith('ok') ? undefined : said.replace(/^failed /, '');
  const prometheus = lines.find((line) => line.startsWith('prometheus '));
  return {
    nodes: lines
      .flatMap((line) => {
        const match = /^node (\S+) (.*)$/.exec(line);
        return match === null ? [] : [{ node: match[1] ?? '', trouble: trouble(match[2] ?? '') }];
      })
      .sort((a, b) => a.node.localeCompare(b.node)),
    prometheus:
      prometheus === undefined ? 'it was not asked' : trouble(prometheus.slice('prometheus '.length)),
  };
}
