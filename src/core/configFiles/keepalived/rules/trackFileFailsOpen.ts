import { inFile, lineBehind, replace } from '../../place';
import { lineOf, linesOf, nameOf, nameRange } from '../instance';
import type { KeepalivedRule } from '../rule';

export const trackFileFailsOpen: KeepalivedRule = {
  code: 'keepalived-track-file-fails-open',
  severity: 'warning',
  why: 'A missing, empty or garbled file counts as 0, and without `reverse` that means eligible: whoever loses the file, at a reboot for example, becomes MASTER.',
  remedy:
    'For a file that says who is active use `weight 0 reverse`, the one form that fails closed. A file that only takes a host out, for maintenance, may stay as it is.',
  check: (document) =>
    linesOf(document.root, 'track_file', 'vrrp_track_file').flatMap((block) => {
      const weight = lineOf(block, 'weight')?.words;
      const words = weight?.map(({ text }) => text) ?? [];
      const file = lineOf(block, 'file')?.words;
      if (
        words.includes('reverse') ||
        file === undefined ||
        block.children.some((line) => line.words[0]?.text === 'reverse')
      )
        return [];
      const [first, ...values] = weight ?? [];
      const place = file[file.length - 1]?.at;
      const title = 'Fail closed: weight 0 reverse';
      const fix =
        first !== undefined
          ? replace(
              title,
              { start: first.at.start, end: (values.at(-1) ?? first).at.end },
              'weight 0 reverse',
            )
          : place && block.close && !document.text.slice(place.end, block.close.start).includes('\n')
            ? undefined
            : place && { title, edits: [lineBehind(document.text, place, 'weight 0 reverse')] };
      return [
        inFile(document, nameRange(block), `without the file of ${nameOf(block)} a host is eligible`, {
          fix,
        }),
      ];
    }),
};
