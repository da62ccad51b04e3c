import { type Check, passed, UnknownFact, verdict } from '../operation/check';
import { ASKED } from './asked/questions';

/** A guard asks every 2 s; a question that waits 3 s and a lock that another holds for 2 s may come between (guard.sh). */
const RECENT_SECONDS = 10;

/**
 * The target's guard reaches somebody. One that doesn't (its key, its known_hosts, root's login) says so in its journal alone: as the
 * guard of a primary it takes that for being cut off, and closes it after the fencing time; nobody then confirms it.
 */
export const guardHeard: Check = {
  id: 'guard-heard',
  title: "The target's guard is heard by the other two",
  level: 'acknowledge',
  run({ method, source, target, site, answers }) {
    if (method !== 'role-flag') return passed('hosts without a guard');
    const places = [
      { from: source.name, answer: answers[ASKED.guardAtSource] },
      { from: site.prometheus.name, answer: answers[ASKED.guardAtWitness] },
    ].flatMap(({ from, answer }) =>
      answer?.answered === true && answer.exitCode === 0 ? [{ from, said: answer.stdout }] : [],
    );
    if (places.length === 0) {
      throw new UnknownFact(`neither ${source.name} nor ${site.prometheus.name} told when it was asked last`);
    }
    const heard = places.map(({ from, said }) => {
      const seconds = Number(/^guard (-?\d+)/m.exec(said)?.[1] ?? Infinity);
      const when = seconds === Infinity ? 'never since its boot' : `${seconds} s ago`;
      return { seconds, text: `${from} heard the guard of ${target.name} ${when}` };
    });
    const recent = heard.filter(({ seconds }) => seconds <= RECENT_SECONDS);
    if (recent.length > 0) return passed(...recent.map(({ text }) => text));
    return verdict(
      heard.map(({ text }) => text),
      `On ${target.name}: journalctl -u clustercontrol-ha-guard, and ssh -i /var/lib/clustercontrol-ha/ssh/id_ed25519 root@${source.address} says why it can't log in. As a primary that hears nobody it would close itself${site.selfFenceSeconds === undefined ? ' at its next boot' : ` after ${site.selfFenceSeconds} s`}.`,
      [],
    );
  },
};
