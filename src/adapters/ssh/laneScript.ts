/** `shellQuote` for whole scripts: it always quotes, and a leading newline keeps a `-` from being read as an option. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The shell that a lane keeps: bash where there is one (it gives each job a process group of its own without a
 * terminal, which dash can't), in POSIX mode and without anybody's startup files.
 */
export const laneShell =
  'if command -v bash >/dev/null 2>&1; then exec bash --posix --noprofile --norc; else exec sh; fi';

/** From here on a fork costs less than bash's reading of its own input byte by byte (measured: 8 kB 3 ms). */
const longScript = 2000;

/** The script as so many bytes behind its line; dash would have read them already. */
function counted(script: string): string {
  const text = `\n${script}`;
  return `s=$(head -c ${Buffer.byteLength(text)})\n${text}`;
}

/** Sent once. Programs of the administrator are found, messages are in English, the lane's own noise is dropped. */
export function lanePreamble(mark: string): string {
  return (
    'PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; LC_ALL=C; export PATH LC_ALL; umask 022; ' +
    `set -m 2>/dev/null; exec 5>&2 2>/dev/null; ${frame(mark, '<', '"$BASH_VERSION"')}; ${frame(mark, '>', '""')}; ` +
    `${frame(mark, '<', '""')} >&5; ${frame(mark, '>', '""')} >&5\n`
  );
}

/**
 * One command for the lane: a subshell of its own, so that `exit`, syntax errors and variables stay in it, with
 * its own standard input and (under bash) its own process group, whose id stands in the frame's first line.
 * The last line has the exit code and whether the group still has members.
 * A secret in `stdin` goes through a builtin and a pipe: it is in no argument and in no file.
 */
export function laneCommand(mark: string, script: string, stdin: string | undefined, bash: boolean): string {
  const body = bash && script.length > longScript ? counted(script) : `s=${quoted(`\n${script}`)}\n`;
  const run =
    stdin === undefined
      ? `( ${frame(mark, '<', '"$BASHPID"')}; eval "$s" ) </dev/null 2>&5 5>&- &`
      : `( ${frame(mark, '<', '"$BASHPID"')}; printf %s "$i" | ( unset i; eval "$s" ) ) </dev/null 2>&5 5>&- &`;
  return (
    (stdin === undefined ? '' : `i=${quoted(stdin)}\n`) +
    body +
    `${frame(mark, '<', '""')} >&5; ${run} p=$!; wait "$p"; r=$?; ` +
    'if kill -s 0 -- "-$p" 2>/dev/null; then l=left; else l=none; fi; unset i; ' +
    `${frame(mark, '>', '"$r" "$l"')}; ${frame(mark, '>', '""')} >&5\n`
  );
}

/**
 * Ends a process group: politely, so that traps can clean up, then for good. Only `-s NAME -- -GROUP` means a group
 * to bash and dash alike.
 */
export function killScript(group: string): string {
  return `kill -s TERM -- -${group} 2>/dev/null; sleep 0.2; kill -s KILL -- -${group} 2>/dev/null; true`;
}

function frame(mark: string, sign: '<' | '>', words: string): string {
  return `printf '${sign === '>' ? '\\n' : ''}%s%s\\n' '${mark}${sign} ' ${words.replace('" "', ' ')}`;
}
