import { inFile } from '../../place';
import { instancesOf, linesOf } from '../instance';
import type { KeepalivedRule } from '../rule';

/** The one in the ClusterControl documentation, and those of keepalived's own samples. */
const PUBLISHED = ['1113', '1111', '1234', '12345', '12345678', 'password', 'secret'];

export const authPublished: KeepalivedRule = {
  code: 'keepalived-auth-published',
  severity: 'warning',
  why: 'Every reader of the documentation has this password: two pairs that copied it disturb each other as soon as they share a network and a virtual router id.',
  remedy: 'Use a password of your own on both controllers, or `version 3` without authentication.',
  check: (document) =>
    instancesOf(document)
      .flatMap((instance) => linesOf(instance, 'authentication'))
      .flatMap((block) => linesOf(block, 'auth_pass'))
      .flatMap(({ words: [, value] }) =>
        value !== undefined && PUBLISHED.includes(value.text)
          ? [inFile(document, value.at, 'this VRRP password is published')]
          : [],
      ),
};
