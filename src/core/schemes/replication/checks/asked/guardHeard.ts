import { shellQuote } from '../../../../quote';
import type { PlanQuestion } from '../../../scheme';

/**
 * `guard SECONDS-AGO FENCES-AFTER-SECONDS`, and `clock NOW SET-BY`: this host's wall clock in seconds, and by how many it was set
 * since then, as the file tells by its content (uptime) and by its own time (wall clock). Nothing where that guard never asked
 * since this host's boot, or the records can't be read.
 */
export function guardLine(host: string): string {
  const file = shellQuote(`/run/clustercontrol-ha/asked-${host}`);
  const clock = `wall=$(date +%s) && then=$(stat -c %Y ${file} 2>/dev/null) && echo "clock $wall $((wall - now - then + at / 100))"`;
  return `if { read -r at fences <${file} && read -r now _ </proc/uptime; } 2>/dev/null; then now=\${now%.*}; echo "guard $((now - at / 100)) $fences"; ${clock}; fi`;
}

/** When the guard of `target` asked `host` last. */
export function guardHeardQuestion(id: string, host: string, target: string): PlanQuestion {
  return { id, host, script: `${guardLine(target)}\nexit 0`, timeoutMs: 3_000 };
}
