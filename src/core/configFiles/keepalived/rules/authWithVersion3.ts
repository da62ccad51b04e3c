import { inFile, removal, replace } from '../../place';
import { instancesOf, linesOf, versionOf, wholeRange } from '../instance';
import type { KeepalivedRule } from '../rule';

export const authWithVersion3: KeepalivedRule = {
  code: 'keepalived-auth-with-version-3',
  severity: 'error',
  why: 'VRRP version 3 has no authentication: keepalived ignores the block, and its check of the file fails.',
  remedy: 'Remove the block. What keeps strangers out is the network, or unicast with a firewall.',
  check: (document) =>
    instancesOf(document)
      .filter((instance) => versionOf(document, instance) === 3)
      .flatMap((instance) => linesOf(instance, 'authentication'))
      .flatMap((block) => {
        const [keyword] = block.words;
        if (keyword === undefined) return [];
        const fix =
          block.close &&
          replace('Remove the authentication block', removal(document.text, wholeRange(block)), '');
        return [inFile(document, keyword.at, 'version 3 has no authentication', { fix })];
      }),
};
