import { wholeData } from '../../checks/asked/clone';
import { type Check, needAnswer } from '../../operation/check';
import type { EmergencyContext } from '../context';
import { ASKED } from '../questions';

/** A server that was half cloned when the site lost its power has no databases, and says that it has executed everything. */
export const dataWhole: Check<EmergencyContext> = {
  id: 'data-whole',
  title: 'The target has all of its data',
  level: 'block',
  run: (context) => wholeData(context.target.name, needAnswer(context, ASKED.clone, context.target.name)),
};
