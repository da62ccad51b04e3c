import { comparisonDiff, type FileComparison } from '../../core/deploy/compare';
import { isDrift, matters } from '../../core/deploy/drift';
import type { Options } from '../args';
import { composeCommandLine } from '../compose';
import { EXIT, UsageError } from '../exitCodes';
import { chooseSite } from '../inventory';

/** `compare` lists how the files of hosts stand to the inventory, `diff` shows the lines. Exit code 1 on drift. */
export async function compare(options: Options): Promise<number> {
  const [host, ...rest] = options.words;
  if (rest.length > 0) throw new UsageError(`${options.verb} takes one host, or none for all`);
  const site = await chooseSite(options);
  if (host !== undefined && !site.hosts.some(({ name }) => name === host)) {
    throw new UsageError(`${site.name} has no host ${host}`);
  }
  const parts = composeCommandLine(options);
  try {
    const files = (await parts.sites.compareFiles(site)).filter(
      ({ file }) =>
        (host === undefined || file.host === host) &&
        (options.group === undefined || file.group === options.group),
    );
    if (options.json) console.log(JSON.stringify({ site: site.name, files: files.map(inJson) }));
    else console.log(text(files, options.verb === 'diff'));
    return files.some(({ drift }) => matters(drift)) ? EXIT.failed : EXIT.done;
  } finally {
    await parts.close();
  }
}

function inJson(one: FileComparison) {
  const { file, drift } = one;
  return { host: file.host, ...drift, diff: comparisonDiff(one) };
}

function text(files: readonly FileComparison[], whole: boolean): string {
  const different = files.filter(({ drift }) => isDrift(drift));
  const lines = different.flatMap((one) => {
    const line = `${one.file.host}:${one.file.path}  ${one.drift.text}`;
    return whole ? [line, ...comparisonDiff(one), ''] : [line];
  });
  const count = different.filter(({ drift }) => matters(drift)).length;
  return [...lines, `${count} of ${files.length} files are not as the inventory says`].join('\n');
}
