import { inFile, replace } from '../../place';
import { once } from '../rule';
import type { LsyncdRule } from '../rule';
import { fieldOf, strings, tableAt } from '../value';
import type { Value } from '../value';

export const s9sTypo: LsyncdRule = {
  code: 'lsyncd-s9s-typo',
  severity: 'warning',
  why: 'The file is called /etc/s9s.conf. The documented list says s9s.cnf, rsync finds nothing of that name and says nothing: the configuration of the command line client is never copied.',
  remedy: 'Write s9s.conf.',
  check: (document) =>
    once(
      document.syncs.flatMap(({ table }) => {
        const lists: (Value | undefined)[] = [
          fieldOf(tableAt(table, 'rsync'), '_extra')?.value,
          fieldOf(table, 'filter')?.value,
          fieldOf(table, 'source')?.value,
        ];
        return lists.flatMap(strings).flatMap(({ text, at }) => {
          if (!/\bs9s\.cnf\b/.test(text)) return [];
          const written = document.text.slice(at.start, at.end);
          return [
            inFile(document, at, 's9s.cnf does not exist: s9s.conf is meant', {
              fix: replace('Change to s9s.conf', at, written.replace('s9s.cnf', 's9s.conf')),
            }),
          ];
        });
      }),
    ),
};
