import { inFile, removal, replace } from '../../place';
import { instancesOf, lineOf, valueOf } from '../instance';
import type { KeepalivedRule } from '../rule';

export const preemptDelayVoid: KeepalivedRule = {
  code: 'keepalived-preempt-delay-void',
  severity: 'error',
  why: 'keepalived drops preempt_delay together with nopreempt, and with state MASTER: nothing is delayed.',
  remedy: 'Keep one of the two.',
  check: (document) =>
    instancesOf(document).flatMap((instance) => {
      const [keyword, value] = lineOf(instance, 'preempt_delay')?.words ?? [];
      const nopreempt = lineOf(instance, 'nopreempt') !== undefined;
      const other = nopreempt
        ? 'nopreempt'
        : valueOf(instance, 'state')?.text === 'MASTER'
          ? 'state MASTER'
          : undefined;
      if (keyword === undefined || other === undefined) return [];
      const at = { start: keyword.at.start, end: (value ?? keyword).at.end };
      const fix = replace('Remove preempt_delay', removal(document.text, at), '');
      return [inFile(document, keyword.at, `preempt_delay has no effect with ${other}`, { fix })];
    }),
};
