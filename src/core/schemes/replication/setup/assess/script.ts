import { shellQuote } from '../../../../quote';
import { type ReplicationController, type ReplicationSite, sshPort } from '../../site';
import { CANDIDATE, NEEDED_PROGRAMS, packageOf } from './packages';
import { localClient } from '../../sql/client';

/** Databases that every MySQL has. */
const SYSTEM = `'mysql','sys','information_schema','performance_schema'`;

/**
 * What a host has and lacks beyond one probe: lines of `KEY VALUE`. It changes nothing, and no line is missing where
 * something can't be told: its value is `unknown` then.
 */
export function assessScript(site: ReplicationSite, controller: ReplicationController): string {
  const others = site.hosts.filter(({ name }) => name !== controller.name);
  const mysql = localClient(site.mysql.socket);
  const programs = NEEDED_PROGRAMS.map((one) => `${one.program}:${packageOf(one, controller.os)}`).join(' ');
  return `LC_ALL=C; export LC_ALL; PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
${CANDIDATE}
say() { printf '%s %s\\n' "$1" "\${2:-unknown}"; }
say os "$(sed -n 's/^ID\\(_LIKE\\)\\{0,1\\}=//p' /etc/os-release 2>/dev/null | tr -d '"' | tr '\\n' ' ')"
say init "$(cat /proc/1/comm 2>/dev/null)"
for one in ${programs}; do
  program=\${one%%:*} package=\${one#*:}
  if command -v "$program" >/dev/null; then say program "$program there"
  else say program "$program lacking $package $(candidate "$package")"; fi
done
say mysqld "$(mysqld --version 2>/dev/null | sed -n 's/.*Ver \\([0-9.]*\\).*/\\1/p')"
[ -e /sys/class/net/${shellQuote(controller.interface)} ] && say interface there || say interface lacking
ip -4 -o addr show dev ${shellQuote(controller.interface)} 2>/dev/null | grep -qF ' ${controller.address}/' && say address there || say address lacking
${others
  .map(
    (other) =>
      `if timeout 2 bash -c ${shellQuote(`exec 3<>/dev/tcp/${other.address}/${sshPort(other)}`)} 2>/dev/null; then say reach ${shellQuote(`${other.name} yes`)}; else say reach ${shellQuote(`${other.name} no`)}; fi`,
  )
  .join('\n')}
if systemctl cat cmon >/dev/null 2>&1 && command -v cmon >/dev/null; then say cmon there; else say cmon lacking; fi
if command -v firewall-cmd >/dev/null && systemctl is-active --quiet firewalld; then say firewall firewalld
elif command -v ufw >/dev/null && ufw status 2>/dev/null | grep -q 'Status: active'; then say firewall ufw
else say firewall none; fi
say selinux "$(getenforce 2>/dev/null || echo none)"
say packaging "$(command -v apt-get >/dev/null && echo apt || { command -v dnf >/dev/null && echo dnf; })"
say free "$(df --output=avail -B1 /var/lib 2>/dev/null | tail -n 1 | tr -d ' ')"
say data_folder "$(if [ -d /var/lib/mysql/mysql ] || [ -e /var/lib/mysql/mysql.ibd ]; then echo there; else echo lacking; fi)"
if databases=$(echo "SELECT CONCAT_WS(' ', s.SCHEMA_NAME, COALESCE(SUM(t.DATA_LENGTH + t.INDEX_LENGTH), 0), COUNT(t.TABLE_NAME)) FROM information_schema.SCHEMATA s LEFT JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = s.SCHEMA_NAME WHERE s.SCHEMA_NAME NOT IN (${SYSTEM}) GROUP BY s.SCHEMA_NAME" | timeout 3 ${mysql} 2>/dev/null); then
  say databases read
  printf '%s\\n' "$databases" | while IFS= read -r line; do [ -z "$line" ] || say database "$line"; done
else say databases unknown; fi
`;
}

export const assessId = (host: string): string => `assess-${host}`;
