import { shellQuote } from '../../core/quote';
import type { HostProbe } from '../../core/schemes/scheme';

/** Format of the document that the script prints; `core/observe/probeDocument.ts` reads it. */
export const probeVersion = 1;

/** Units whose state decides something beside those of the scheme. */
const ownUnits = ['keepalived', 'lsyncd', 'clustercontrol-ha-guard'];
const controllerPrograms = [
  'awk bash flock grep install ip iptables keepalived killall lsyncd mktemp mysql pgrep ping pkill rsync s9s sed setsid sha256sum stat systemctl timeout',
];
/** After the paths: find wants its expression last. */
const syncedOptions = "-xdev -type f -printf '%T@\\n'";
const witnessPrograms = ['awk bash flock grep ip mktemp ping sed setsid sha256sum stat systemctl timeout'];

/** The variables of the script for one host: data, quoted. */
function settings(probe: HostProbe): string {
  const list = (values: readonly string[]) => values.map(shellQuote).join(' ');
  const units = [...new Set([...probe.units, ...ownUnits])].map((unit) => `${unit}.service`);
  const controller = probe.kind === 'controller';
  return [
    `units() { "$@" ${list(units)}; }`,
    `configs() { "$@" ${list(probe.configFiles)}; }`,
    `crons() { "$@" ${list(probe.cronFiles)}; }`,
    `data() { "$@" ${list(probe.dataPaths)}; }`,
    `synced_paths() { "$@" ${list(probe.syncPaths)} ${syncedOptions}; }`,
    `synced=${probe.syncPaths.length > 0 ? 'yes' : ''}`,
    `status_file=${shellQuote(probe.lsyncdStatusFile)}`,
    `programs='${(controller ? controllerPrograms : witnessPrograms).join(' ')}'`,
    `controller=${controller ? 'yes' : ''}`,
  ].join('\n');
}

/**
 * One script, one JSON document: `{"version":1,"parts":{NAME:{"exit":N,"text":"…"}}}`. A part that fails spoils no
 * other. Only tools that Debian and RHEL both install by default; few forks; what may be slow runs beside the rest,
 * each with a bound, its output coming after the fast parts through the pipes of `A | { B; cat; }`.
 */
export function probeScript(probe: HostProbe): string {
  return `${settings(probe)}\n${body}`;
}

const body = String.raw`
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL
# Lines of parts begin with a word that nothing on the host can know.
read -r M </proc/sys/kernel/random/uuid
part() { printf '\n%s < %s\n' "$M" "$1"; }
end() { printf '\n%s > %s\n' "$M" "$?"; }

# Not by name: the probe itself runs programs of that name.
keepalived_pid() {
  for file in /run/keepalived.pid /run/keepalived/keepalived.pid; do
    [ -r "$file" ] && read -r pid <"$file" && read -r name <"/proc/$pid/comm" || continue
    [ "$name" = keepalived ] && printf '%s\n' "$pid" && return
  done 2>/dev/null
}

fast() {
  part began; read -r up idle </proc/uptime; printf '%s %s\n' "$up" "${'$'}{EPOCHREALTIME:-$(date +%s.%N)}"; end
  part boot; read -r id </proc/sys/kernel/random/boot_id; printf '%s\n' "$id"; end
  part user; printf '%s\n' "${'$'}{EUID:-$(id -u)}"; end
  part missing
  for program in $programs; do command -v "$program" >/dev/null 2>&1 || printf '%s\n' "$program"; done
  :; end
  part addresses; ip -j addr show 2>&1; end
  part resources; data stat -f -c '%a %S %d %n' 2>&1; end
  part digests; configs sha256sum 2>&1; end
  part modes; configs stat -L -c '%a %U %n' 2>&1; end
  [ -n "$controller" ] || return
  part processes; grep -Hxs -e cmon -e lsyncd /proc/[0-9]*/comm; end
  part keepalived-pid; keepalived_pid; :; end
  part snat; iptables -w 1 -t nat -S 2>&1; end
  part cron; crons grep -Hsv -e '^[[:space:]]*$' -e '^[[:space:]]*#'; end
  part keepalived-config
  sed 's/\(auth_pass[[:space:]]\{1,\}\).*/\1(hidden)/' /etc/keepalived/keepalived.conf 2>&1; end
  part lsyncd-config; cat /etc/lsyncd/lsyncd.conf.lua /etc/lsyncd.conf 2>/dev/null; end
  part lsyncd-status
  { stat -c '%Y' "$status_file" && sed '/^Inotify watching/q' "$status_file"; } 2>&1; end
}

roles() {
  part units
  units systemctl show -p Id,LoadState,ActiveState,SubState,UnitFileState,MainPID,Result 2>&1; end
  for h in /usr/local/sbin/clustercontrol-ha /run/clustercontrol-ha/bin/clustercontrol-ha; do
    [ -x "$h" ] || continue
    case $h in /run/*) CLUSTERCONTROL_HA_STATE=/run/clustercontrol-ha/state; export CLUSTERCONTROL_HA_STATE ;; esac
    part helper; timeout 2 "$h" status 2>&1; end
    return
  done
}

ping() { part ping; timeout 2 s9s cluster --ping --cluster-id=0 2>&1; end; }

# How many files are copied to the other controller, the newest of them, and the newest that rests for a minute.
synced() {
  part files
  { synced_paths timeout 2 find 2>/dev/null; printf 'exit %s\n' "$?"; } | awk -v now="$(date +%s)" '
    $1 == "exit" { code = $2; next }
    { n++; if ($1 + 0 > newest) newest = $1 + 0; if ($1 + 0 > settled && $1 + 0 < now - 60) settled = $1 + 0 }
    END {
      if (code == 124) { print "more files than can be looked at in 2 s"; exit 124 }
      printf "%d %.3f %.3f\n", n, newest, settled
    }'
  end
}

# Asks the running daemon for its state; it answers while the two programs below run.
ask_daemon() {
  pid=$(keepalived_pid)
  [ -n "$pid" ] || return
  out=/proc/$pid/root/tmp/keepalived.json
  rm -f "$out"
  kill -s "$(keepalived --signum=JSON)" "$pid" || out=''
}

# The dump holds auth_data: it is stripped here, and the file is gone before anything else happens.
read_daemon() {
  n=0
  until [ -s "$out" ]; do
    n=$((n + 1))
    [ "$n" -lt 60 ] || return
    sleep 0.01
  done
  part keepalived-dump; sed 's/"auth_data":"[^"]*"/"auth_data":"(hidden)"/g' "$out"; end
  rm -f "$out"
}

vrrp() {
  command -v keepalived >/dev/null 2>&1 || return
  out=''
  ask_daemon 2>/dev/null
  part keepalived-test; timeout 2 keepalived -t 2>&1; end
  part keepalived-version; keepalived --version 2>&1 | { read -r line; printf '%s\n' "$line"; }; end
  [ -z "$out" ] || read_daemon 2>/dev/null
}

prometheus() {
  part prometheus
  if command -v curl >/dev/null 2>&1; then curl -fsS -m 2 http://127.0.0.1:9090/-/ready 2>&1
  elif command -v wget >/dev/null 2>&1; then wget -q -T 2 -t 1 -O - http://127.0.0.1:9090/-/ready 2>&1
  else timeout 2 bash -c 'exec 3<>/dev/tcp/127.0.0.1/9090; printf "GET /-/ready HTTP/1.0\r\n\r\n" >&3; read -r line <&3; printf "%s\n" "$line"; case $line in *" 200 "*) ;; *) exit 22 ;; esac' 2>&1
  fi
  end
}

gather() {
  # Only cat may read the pipes.
  if [ -n "$controller" ]; then
    { [ -z "$synced" ] || synced; } </dev/null |
      { ping </dev/null | { vrrp </dev/null | { roles </dev/null | { fast </dev/null; cat; }; cat; }; cat; }; cat; }
  else
    prometheus | { roles </dev/null | { fast </dev/null; cat; }; cat; }
  fi
  part ended; read -r up idle </proc/uptime; printf '%s\n' "$up"; end
}

gather </dev/null | awk -v m="$M" '
  function text(s) {
    gsub(/[\\"]/, "\\\\&", s); gsub(/\t/, "\\t", s); gsub(/\r/, "\\r", s)
    # Zeros, too: a power cut may fill with them what was just written.
    gsub(/[^ -~\200-\377]/, "?", s)
    return s
  }
  BEGIN { printf "{\"version\":1,\"parts\":{" }
  $1 == m && $2 == "<" { printf "%s\"%s\":{\"text\":\"", (n++ ? "," : ""), text($3); inside = 1; next }
  $1 == m && $2 == ">" { printf "\",\"exit\":%d}", $3; inside = 0; next }
  inside { printf "%s\\n", text($0) }
  END { print "}}" }'
`;
