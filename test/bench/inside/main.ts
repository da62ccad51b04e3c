// Runs inside a lab, started by ../labs.ts: `main.ts hardened|documented RUNS OUTPUT-FILE`. Times only; asserts nothing.
import { writeFile } from 'node:fs/promises';
import { Lab } from '../../lab/lab';
import { Product, runText } from '../../lab/promote/product';
import type { ControllerName } from '../../lab/site';
import { documentedFailover, documentedRejoin } from './documented';
import { type Emergencies, measureEmergencies } from './emergency';
import { Floor } from './floor';
import { measureObservations, type Observations } from './observation';
import { measureSwitches, type Outages } from './outages';

export interface HardenedFigures {
  readonly observation: Observations;
  readonly ours: readonly Outages[];
  readonly floor: readonly Outages[];
  readonly emergency: Emergencies;
}

export interface DocumentedFigures {
  readonly documented: readonly Outages[];
}

/** A pair of switches by the product, a pair by the floor, and so on: both meet the same machine and the same data. */
async function hardened(lab: Lab, runs: number): Promise<HardenedFigures> {
  const product = await Product.on(lab);
  const observation = await measureObservations(lab, product, Math.max(5, runs));
  const floor = await Floor.on(lab);
  const byProduct = async (target: ControllerName): Promise<() => Promise<void>> => {
    const plan = await product.plan(target);
    return async () => {
      const run = await product.start(plan);
      if (run.end !== 'done') throw new Error(runText(run));
    };
  };
  const byFloor = (target: ControllerName): Promise<() => Promise<void>> =>
    Promise.resolve(() => floor.promote(target));
  const { ours, floor: fastest } = await measureSwitches(lab, runs, { ours: byProduct, floor: byFloor });
  floor.close();
  await product.close();
  // Half as many: with the power cut, the boot and the rejoin each takes twenty seconds.
  const emergency = await measureEmergencies(lab, Math.ceil(runs / 2));
  return { observation, ours, floor: fastest, emergency };
}

async function documented(lab: Lab, runs: number): Promise<DocumentedFigures> {
  return measureSwitches(
    lab,
    runs,
    { documented: (target) => Promise.resolve(() => documentedFailover(lab, target)) },
    (primary) => documentedRejoin(lab, primary),
  );
}

async function main([profile, runs, output]: readonly string[]): Promise<void> {
  const lab = Lab.current();
  const measure = profile === 'hardened' ? hardened : documented;
  const figures = await measure(lab, Number(runs));
  await writeFile(output ?? '/dev/stdout', JSON.stringify(figures));
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
