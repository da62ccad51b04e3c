import * as clone from '../sql/clone';
import * as replication from '../sql/replication';
import type { Statement } from '../sql/statement';
import type { RejoinContext } from './context';

/** The host follows the primary. */
export function changeSource({ site, primary }: RejoinContext): Statement {
  return replication.changeSource(site, primary);
}

/** On one line: the helper reads no more, and puts what opens and closes the server around it. */
export function cloneStatement({ site, primary }: RejoinContext): Statement {
  const { sent, shown } = clone.cloneFrom(site, primary);
  return { sent: sent.replaceAll('\n', ' '), shown: shown.replaceAll('\n', ' ') };
}
