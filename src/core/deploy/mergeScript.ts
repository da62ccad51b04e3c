import { shellQuote } from '../quote';
import type { Merge } from './merge';

/**
 * POSIX sh that prints what `mergedText` gives, from the files `$ours` and `$path`: for hosts, where what others wrote
 * stays in place. Exit 3: it can't be told what is ours.
 */
export function mergeScript(merge: Merge): string {
  switch (merge.kind) {
    case 'whole':
      return 'cat -- "$ours"';
    case 'block':
      return `if [ -e "$path" ]; then awk '${BLOCK}' "$ours" "$path"; else cat -- "$ours"; fi`;
    case 'lines':
      return `if [ -e "$path" ]; then awk '${LINES}' "$ours" "$path"; else cat -- "$ours"; fi`;
    case 'sections': {
      const owned = shellQuote(merge.owned.keys.join('\n'));
      const vip = shellQuote(merge.owned.vip);
      return `cat -- "$ours"; if [ -e "$path" ]; then OWNED=${owned} VIP=${vip} awk '${SECTIONS}' "$path"; fi`;
    }
  }
}

const BLOCK = `
NR == FNR { own[++n] = $0; next }
function ours(i) { for (i = 1; i <= n; i++) print own[i] }
inside { if ($0 == own[n]) inside = 0; next }
$0 == own[1] { if (!done) ours(); inside = done = 1; next }
{ print }
END { if (inside) exit 3; if (!done) ours() }`;

const KEY = `
function key(line, at) {
  if (line ~ /^[ \\t]*#/) return ""
  at = index(line, "=")
  line = substr(line, 1, at - 1)
  gsub(/^[ \\t]+|[ \\t]+$/, "", line)
  return line
}`;

const LINES = `${KEY}
NR == FNR { k = key($0); if (k != "") { if (!(k in own)) order[++n] = k; own[k] = $0 }; next }
{ k = key($0) }
k == "" || !(k in own) { print; next }
!(k in done) { print own[k] }
{ done[k] = 1 }
END { for (i = 1; i <= n; i++) if (!(order[i] in done)) print own[order[i]] }`;

const SECTIONS = `
function flush() { if (key != "" && !mine) printf "\\n%s", body; key = body = ""; mine = 0 }
function look(code, n, i, word) {
  gsub(/[{}]/, " ", code); n = split(code, word, /[ \\t]+/)
  for (i = 1; i <= n; i++)
    if (key ~ /^vrrp_instance / && (word[i] == ENVIRON["VIP"] || index(word[i], ENVIRON["VIP"] "/") == 1)) mine = 1
}
BEGIN { n = split(ENVIRON["OWNED"], list, "\\n"); for (i = 1; i <= n; i++) owned[list[i]] = 1 }
{
  code = $0; sub(/(^|[ \\t])[#!].*$/, "", code); gsub(/^[ \\t]+|[ \\t]+$/, "", code)
  if (depth == 0 && code == "") { remarks = ($0 ~ /[^ \\t]/) ? remarks $0 "\\n" : ""; next }
  if (depth == 0 && !(substr(code, 1, 1) == "{" && key != "")) {
    flush()
    key = code; sub(/[{].*$/, "", key); gsub(/[ \\t]+/, " ", key); sub(/ $/, "", key)
    if (key in owned) mine = 1
    body = remarks
  }
  remarks = ""
  body = body $0 "\\n"
  look(code)
  for (i = 1; i <= length(code); i++) {
    c = substr(code, i, 1)
    if (c == "{") depth++
    if (c == "}") depth--
    if (depth < 0 || (c == "}" && depth == 0 && substr(code, i + 1) ~ /[^ \\t]/)) { bad = 1; exit }
  }
}
END { if (bad || depth != 0) exit 3; flush() }`;
