import type { RenderedFile } from '../../../deploy/renderedFile';
import type { Profile } from '../site';

/** How the file's own reader is asked, before the file is in its place. */
export interface Validation {
  /** As an operator would type it; empty where nobody can be asked. */
  readonly shown: string;
  /** POSIX sh that looks at `$new` (and `$path`, where it will be); fails with a reason on standard error. */
  readonly script: string;
}

const NONE: Validation = { shown: '', script: ':' };

/** The check of one file by what reads it. `mysqld --validate-config` is necessary, not sufficient (measured). */
export function validationOf({ path }: RenderedFile, profile: Profile): Validation {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'keepalived.conf') return keepalived(profile);
  if (name.endsWith('.cnf') && path.includes('my')) return mysqld;
  if (path === '/etc/lsyncd.conf' || path.startsWith('/etc/lsyncd/')) return lsyncd;
  if (path.startsWith('/etc/sysctl.d/')) return sysctl;
  if (path.startsWith('/etc/systemd/system/')) return systemd(path);
  if (name.endsWith('.sh') || path.includes('/sbin/')) return shell;
  return NONE;
}

/** 6 says that scripts run without script security: that is how the documented profile is. */
function keepalived(profile: Profile): Validation {
  const accepted = profile === 'documented' ? '0 | 6' : '0';
  return {
    shown: 'keepalived -t -f NEW',
    script: `said=$(keepalived -t -f "$new" 2>&1); code=$?
case $code in ${accepted}) ;; *) printf '%s\\n' "$said" >&2; refuse "keepalived -t ends with $code" ;; esac`,
  };
}

const mysqld: Validation = {
  shown: 'mysqld --defaults-file=NEW --validate-config',
  script: `command -v mysqld >/dev/null || refuse 'there is no mysqld to ask'
chmod 644 "$new"
said=$(timeout 20 mysqld --defaults-file="$new" --user=mysql --validate-config 2>&1) || { printf '%s\\n' "$said" | grep -F '[ERROR]' >&2; refuse "mysqld does not start with it: $(printf '%s\\n' "$said" | grep -F '[ERROR]' | head -n 1)"; }`,
};

/** Under another name: a second process called lsyncd would be one that guards and operators must stop. */
const lsyncd: Validation = {
  shown: "lsyncd -nodaemon <(cat NEW; echo 'os.exit(0)')",
  script: `command -v lsyncd >/dev/null || refuse 'there is no lsyncd to ask'
probe=$(mktemp -d) && { cat -- "$new"; printf '\\nos.exit(0)\\n'; } >"$probe/lsyncd.conf.lua" || refuse 'no room for its check'
ln -s "$(command -v lsyncd)" "$probe/config-check"
said=$(cd / && timeout 10 "$probe/config-check" -nodaemon "$probe/lsyncd.conf.lua" 2>&1); code=$?
rm -rf -- "$probe"
[ $code -eq 0 ] || { printf '%s\\n' "$said" >&2; refuse "lsyncd ends with $code: $(printf '%s\\n' "$said" | grep . | tail -n 1)"; }`,
};

const sysctl: Validation = {
  shown: 'sysctl -n KEY…   # each key of it exists',
  script: `for key in $(sed -n 's/^[[:space:]]*-\\{0,1\\}\\([a-z][A-Za-z0-9_./-]*\\)[[:space:]]*=.*/\\1/p' "$new"); do
  sysctl -n "$key" >/dev/null || refuse "the kernel has no $key"
done`,
};

const shell: Validation = {
  shown: 'sh -n NEW',
  script: `read -r first <"$new" || :
case $first in *bash*) bash -n "$new" ;; *) sh -n "$new" ;; esac || refuse 'the shell cannot read it'`,
};

/** The unit is loaded from a folder of its own, beside everything else that the host has. */
function systemd(path: string): Validation {
  const below = path.slice('/etc/systemd/system/'.length);
  const unit = below.replace(/\.d\/.*$/, '');
  return {
    shown: `systemd-analyze verify ${unit}   # with NEW in its place`,
    script: `units=$(mktemp -d) && mkdir -p "$units/${below.includes('/') ? below.slice(0, below.lastIndexOf('/')) : ''}" && cp -- "$new" "$units/${below}" || refuse 'no room for its check'
chmod -R go+rX "$units"
said=$(SYSTEMD_UNIT_PATH="$units:" systemd-analyze verify ${unit} 2>&1 | grep -F "$units/") || :
rm -rf -- "$units"
[ -z "$said" ] || { printf '%s\\n' "$said" >&2; refuse 'systemd would not read it without a warning'; }`,
  };
}
