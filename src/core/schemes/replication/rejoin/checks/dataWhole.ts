import { wholeData } from '../../checks/asked/clone';
import { type Check, needAnswer } from '../../operation/check';
import { QUESTIONS } from '../answers';
import type { RejoinContext } from '../context';

/** GTIDs alone decide what is kept and what is replaced: those of a half cloned primary name what is gone there. */
export const dataWhole: Check<RejoinContext> = {
  id: 'data-whole',
  title: 'The primary has all of its data',
  level: 'block',
  run: (context) =>
    wholeData(context.primary.name, needAnswer(context, QUESTIONS.donorClone, context.primary.name)),
};
