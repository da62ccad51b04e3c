import type { Profile } from '../observe/recorded';
import type { Setting } from './setting';

/** What a check is about, changed so that it fires, and what it then says. `milder`: the level, where it isn't its own. */
export interface Case {
  readonly check: string;
  readonly when: string;
  readonly edit: (given: Setting) => void;
  readonly says: RegExp;
  readonly profile?: Profile;
  readonly milder?: 'warn' | 'acknowledge';
}
