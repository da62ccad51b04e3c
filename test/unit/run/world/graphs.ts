import fc from 'fast-check';
import type { StepSketch } from './plans';

interface Draw {
  readonly host: 'cc1' | 'cc2';
  readonly takeMs: number;
  /** Which of the steps that may come before are needed, as bits. */
  readonly needs: number;
  readonly prints: boolean;
  readonly unlocked: boolean;
  /** Which of the later steps of the outage must be undone first, as bits. */
  readonly requires: number;
}

const draw: fc.Arbitrary<Draw> = fc.record({
  host: fc.constantFrom('cc1' as const, 'cc2' as const),
  takeMs: fc.integer({ min: 0, max: 60 }),
  needs: fc.nat(),
  prints: fc.boolean(),
  unlocked: fc.boolean(),
  requires: fc.constantFrom(0, 0, 0, 1, 2, 3, 7),
});

/** Sound plans of any shape: layers of prepare, outage and after, joined at the opening, values handed down. */
export const sketches: fc.Arbitrary<readonly StepSketch[]> = fc
  .record({
    prepare: fc.array(draw, { maxLength: 3 }),
    outage: fc.array(draw, { minLength: 1, maxLength: 5 }),
    after: fc.array(draw, { maxLength: 4 }),
  })
  .map(({ prepare, outage, after }) => {
    const before: StepSketch[] = [];
    prepare.forEach((one, index) => before.push(sketch(`p${index}`, 'prepare', one, before)));
    outage.forEach((one, index) => {
      const requires = outage
        .map((_, other) => `o${other}`)
        .filter((_, o) => o > index && (one.requires >> (o - index - 1)) % 2 === 1);
      before.push({ ...sketch(`o${index}`, 'outage', one, before), requires });
    });
    const open: StepSketch = { id: 'open', phase: 'open', host: 'cc2', needs: before.map(({ id }) => id) };
    const behind: StepSketch[] = [];
    after.forEach((one, index) => {
      const { needs = [], ...rest } = sketch(`a${index}`, 'after', one, behind);
      behind.push({ ...rest, needs: ['open', ...needs] });
    });
    return [...before, open, ...behind];
  });

function sketch(
  id: string,
  phase: StepSketch['phase'],
  one: Draw,
  earlier: readonly StepSketch[],
): StepSketch {
  const needed = earlier.filter((_, index) => (one.needs >> index) % 2 === 1);
  const readable = needed.flatMap((step) => (step.prints ? [step.prints] : []));
  return {
    id,
    phase,
    host: one.host,
    takeMs: one.takeMs,
    unlocked: one.unlocked,
    needs: needed.map((step) => step.id),
    ...(one.prints ? { prints: `value_${id}` } : {}),
    ...(readable.length > 0 ? { inputs: readable } : {}),
  };
}
