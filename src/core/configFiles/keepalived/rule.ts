import type { Rule } from '../../findings/rule';
import type { KeepalivedDocument } from './document';

export type KeepalivedRule = Rule<KeepalivedDocument>;
