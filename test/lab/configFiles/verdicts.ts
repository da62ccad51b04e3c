import type { Lab } from '../lab';
import type { HostName } from '../site';

export interface Verdict {
  readonly code: number;
  readonly output: string;
}

/**
 * Feeds texts to a program of a host, one after the other, in one call. `command` gets the file as `$1`; its exit code and
 * all it says come back in the texts' order.
 */
export async function verdicts(
  lab: Lab,
  host: HostName,
  command: string,
  texts: readonly string[],
  fileName = 'text.conf',
): Promise<Verdict[]> {
  const folder = '/run/config-files';
  const put = texts
    .map(
      (text, index) =>
        `base64 -d >${folder}/${index}/${fileName} <<'END'\n${Buffer.from(text).toString('base64')}\nEND`,
    )
    .join('\n');
  const script = `rm -rf ${folder}; mkdir -p ${folder}; cd ${folder}; mkdir $(seq 0 ${texts.length - 1})
${put}
judge() { ${command}
}
i=0
while [ $i -lt ${texts.length} ]; do
  judge ${folder}/$i/${fileName} >${folder}/$i/said 2>&1 </dev/null
  printf '%s %s\\n' $? "$(base64 -w0 <${folder}/$i/said)"
  i=$((i + 1))
done
rm -rf ${folder}`;
  const answer = await lab.mustConsole(host, script, { timeoutMs: 110_000 });
  return answer
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [code = '', said = ''] = line.split(' ');
      return { code: Number(code), output: Buffer.from(said, 'base64').toString() };
    });
}
