import { valueOf } from '../../../../observe/fact';
import { type Check, passed, UnknownFact } from '../../operation/check';
import type { RejoinContext } from '../context';

/** Says which way it goes, and why. What decides and can't be read, blocks. */
export const way: Check<RejoinContext> = {
  id: 'way',
  title: 'What has to be done is known',
  level: 'block',
  run({ way: chosen, host, primary, seen }) {
    if (chosen === undefined) {
      if (valueOf(seen.host.mysql)?.clonePlugin === false) {
        // performance_schema.clone_status is not there without the plugin (error 1146).
        throw new UnknownFact(
          `${host.name}: its clone plugin is not active, so nobody can tell whether a CLONE broke off there. INSTALL PLUGIN clone SONAME 'mysql_clone.so' on it, then plan again`,
        );
      }
      throw new UnknownFact(`the positions of ${host.name} and ${primary.name} could not both be read`);
    }
    return passed(
      chosen.kind === 'follow'
        ? `${host.name} follows ${primary.name} by auto position; its data stays`
        : `${host.name} gets its data anew, by CLONE from ${primary.name}`,
      ...chosen.reasons,
    );
  },
};
