import { UnknownFact } from '../../operation/check';
import type { ReplicationController } from '../../site';
import type { HostFacts } from '../assess/facts';
import { assessId } from '../assess/script';
import type { SetupContext } from '../context';

export function controllers({ primary, standby }: SetupContext): readonly ReplicationController[] {
  return [primary, standby];
}

/** @throws UnknownFact where the host did not answer what it has. */
export function factsOf({ facts, answers }: SetupContext, host: string): HostFacts {
  const found = facts[host];
  if (found !== undefined) return found;
  const answer = answers[assessId(host)];
  const why =
    answer === undefined
      ? 'it was not asked'
      : answer.answered
        ? answer.stderr.trim() || `its answer ended with ${answer.exitCode}`
        : answer.reason;
  throw new UnknownFact(`${host}: what it has is unknown: ${why}`);
}
