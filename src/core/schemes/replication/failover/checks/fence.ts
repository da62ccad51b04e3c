import { type Check, passed, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';
import { ATTESTATIONS, attests, whyNotSelfFenced } from '../fence';

/** Nobody is opened before it is certain that the other one is closed: that is all that keeps two writers apart. */
export const fence: Check<EmergencyContext> = {
  id: 'fence',
  title: 'The old primary can write no more',
  level: 'block',
  run(context) {
    const { fence: found, source, target, attested, mode } = context;
    switch (found?.kind) {
      case 'helper':
        return passed(`${source.name} answers over ssh: its own helper closes it, and holds it closed`);
      case 'powered-off':
        return passed(`attested: "${found.words}"`);
      case 'power-hook':
        return passed(`your power hook switches ${source.name} off, and is asked whether it is off`);
      case 'isolated':
        return passed(
          `attested: "${found.words}"`,
          `the guard of ${source.name} closes it by itself: the plan waits ${found.waitSeconds} s after it was last heard`,
        );
      case undefined:
    }
    if (mode === 'half-way') {
      return verdict(
        [`${source.name} cannot be closed over ssh`],
        `Without a way to ${source.name} this is no half-way failover: switch it off, and plan without \`--mode half-way\`.`,
        [],
      );
    }
    const wrong = ATTESTATIONS.filter((kind) => kind in attested && !attests(attested[kind], source.name));
    const notIsolated = 'isolated' in attested ? whyNotSelfFenced(context) : undefined;
    return verdict(
      [
        `nothing proves that ${source.name} writes no more`,
        ...wrong.map((kind) => `what was attested as ${kind} does not name ${source.name}`),
        ...(notIsolated === undefined ? [] : [`isolation is no proof here: ${notIsolated}`]),
      ],
      [
        `Switch ${source.name} off, look that it is off, and say so: \`--attest powered-off="${source.name} is off: …"\`. Or set a power hook.`,
        // Saying it again would help nobody.
        ...(notIsolated === undefined
          ? [
              `Where its guard was at work and it is cut off from ${target.name} and the witness: \`--attest isolated="${source.name} …"\`.`,
            ]
          : []),
      ].join(' '),
      [],
    );
  },
};
