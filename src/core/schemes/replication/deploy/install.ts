import { type FileComparison, comparisonDiff } from '../../../deploy/compare';
import { mergeScript } from '../../../deploy/mergeScript';
import type { RenderedFile } from '../../../deploy/renderedFile';
import type { HostScript, Step } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import { type DeployContext, fileName } from './context';
import { validationOf } from './validate';

/** Where a host keeps what it had before, one folder a plan. Root alone may read it: secrets are in it. */
export const KEPT = '/var/lib/clustercontrol-ha/kept';

/** Lines of a difference that the page shows; all of it is in "Compare with Hosts". */
const SHOWN_LINES = 160;
const TIMEOUT_MS = 30_000;

/** What the steps of one file read. */
export type InstallContext = Pick<DeployContext, 'planId' | 'site'>;

/** Tells a folder of old versions, which the product clears away, from what a rejoin or a failover keeps: that is the last copy. */
export const OLD_VERSIONS = 'old-versions';

export function keptFolder({ planId }: Pick<DeployContext, 'planId'>): string {
  return `${KEPT}/${planId}`;
}

/** The names that all scripts about one file share. A link stays a link: the file that it names is replaced. */
function names(context: InstallContext, { path }: RenderedFile): string {
  return `set -u
umask 077
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
path=${shellQuote(path)}
keep=${shellQuote(keptFolder(context) + path)}
mark=${shellQuote(`${keptFolder(context)}/${OLD_VERSIONS}`)}
[ ! -L "$path" ] || path=$(readlink -f -- "$path")
new=\${path%/*}/.\${path##*/}.clustercontrol-ha-new
ours=$new-ours
refuse() {
  left=$(df -Pk -- "\${path%/*}" 2>/dev/null | awk 'NR == 2 { print $4 }')
  rm -f -- "$new" "$ours"
  [ "\${left:-64}" -ge 64 ] || set -- "$*: $left kB are left on its disk"
  echo "${shownPath(path)}: $*" >&2
  exit 65
}
`;
}

/** Within double quotes of a shell. */
function shownPath(path: string): string {
  return path.replace(/[^A-Za-z0-9_./-]/g, '_');
}

/**
 * Beside its place: write, merge, mode and owner, ask its reader; then keep the old one once, sync, rename, sync. What is
 * interrupted anywhere leaves the old file whole, and is done again.
 */
function installScript(context: InstallContext, { file, merge }: FileComparison): string {
  const { shown, script } = validationOf(file, context.site.profile);
  const attributes =
    file.shared === undefined
      ? ''
      : `if [ -e "$path" ]; then chmod --reference="$path" -- "$new" && chown --reference="$path" -- "$new" || refuse 'no mode and owner'; fi\n`;
  return `${names(context, file)}(umask 022; mkdir -p -- "\${path%/*}") || refuse 'its folder is missing'
cat >"$ours" || refuse 'it could not be written: is the disk full?'
(
${mergeScript(merge)}
) >"$new" || refuse "what is ours in it can't be told from what others wrote"
rm -f -- "$ours"
${shown === '' ? '' : `${script}\n`}chmod ${shellQuote(file.mode)} -- "$new" && chown ${shellQuote(`${file.owner}:`)} -- "$new" || refuse 'no mode and owner'
${attributes}mkdir -p -- "\${keep%/*}" && true >"$mark" || refuse 'no room for the old version'
if [ ! -e "$keep" ] && [ ! -e "$keep.absent" ]; then
  if [ -e "$path" ]; then cp -p -- "$path" "$keep.part" && sync -- "$keep.part" && mv -f -- "$keep.part" "$keep"
  else true >"$keep.absent"; fi || refuse 'the old version could not be kept'
fi
sha256sum <"$new" >"$keep.new" && sync -- "$new" "$keep.new" && mv -fT -- "$new" "$path" && sync -- "\${path%/*}" || refuse 'it could not be put in its place'
! command -v restorecon >/dev/null || restorecon -- "$path"
`;
}

function verifyScript(context: InstallContext, { file }: FileComparison): string {
  return `${names(context, file)}[ -e "$keep.new" ] && [ -e "$path" ] || exit 1
now=$(sha256sum <"$path") || exit 2
[ "$now" = "$(cat -- "$keep.new")" ] || exit 1
`;
}

function undoScript(context: InstallContext, { file }: FileComparison): string {
  return `${names(context, file)}rm -f -- "$new" "$ours" "$keep.part"
if [ -e "$keep" ]; then
  cp -p -- "$keep" "$new" && sync -- "$new" && mv -fT -- "$new" "$path" && sync -- "\${path%/*}" || exit 1
  ! command -v restorecon >/dev/null || restorecon -- "$path"
elif [ -e "$keep.absent" ]; then rm -f -- "$path" || exit 1
fi
rm -f -- "$keep.new"
`;
}

export function installId(file: RenderedFile): string {
  return `file-${fileName(file)}`.replace(/[^A-Za-z0-9.-]+/g, '-').toLowerCase();
}

/** One file of one host: the difference, then the commands. */
export function installStep(context: InstallContext, one: FileComparison, needs: readonly string[]): Step {
  const { file, drift } = one;
  const leased = file.host !== context.site.prometheus.name;
  const of = (script: string, more: Partial<HostScript> = {}): HostScript => ({
    script,
    timeoutMs: TIMEOUT_MS,
    leased,
    ...more,
  });
  const check = validationOf(file, context.site.profile).shown;
  return {
    id: installId(file),
    title: `${one.onHost === undefined ? 'Create' : 'Replace'} ${file.path}`,
    host: file.host,
    why:
      one.onHost === undefined
        ? 'The host has none yet: going back takes it away again.'
        : `${sentence(drift.text)} The old version is kept in ${keptFolder(context)}.`,
    phase: 'prepare',
    needs,
    shown: [
      ...shownDiff(one),
      ...(check === '' ? [] : [check]),
      `install -m ${file.mode} -o ${file.owner} NEW ${shellQuote(file.path)}   # beside it, synced, then by rename`,
    ],
    act: of(installScript(context, one), { stdin: file.content.replaceAll('{{secret:', '{{secret-text:') }),
    verify: of(verifyScript(context, one)),
    undo: {
      shown: [
        one.onHost === undefined
          ? `rm ${shellQuote(file.path)}`
          : `cp -p ${shellQuote(keptFolder(context) + file.path)} ${shellQuote(file.path)}`,
      ],
      script: of(undoScript(context, one)),
      effect: `${file.path} on ${file.host} is what it was`,
    },
    danger: 'none',
    usualMs: check === '' ? 40 : 250,
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function shownDiff(one: FileComparison): string[] {
  const diff = comparisonDiff(one);
  if (diff.length <= SHOWN_LINES) return diff;
  return [
    ...diff.slice(0, SHOWN_LINES),
    `# … ${diff.length - SHOWN_LINES} more lines: Compare with Hosts shows them`,
  ];
}
