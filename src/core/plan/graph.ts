import type { Step } from './plan';

/** The steps of a plan by id, with who needs whom. Unknown needs are ignored here; `planProblems` reports them. */
export class StepGraph {
  private readonly byId: ReadonlyMap<string, Step>;
  private readonly dependants = new Map<string, string[]>();
  private readonly ancestorCache = new Map<string, ReadonlySet<string>>();

  constructor(readonly steps: readonly Step[]) {
    this.byId = new Map(steps.map((step) => [step.id, step]));
    for (const step of steps) {
      for (const need of step.needs) {
        const list = this.dependants.get(need);
        if (list) list.push(step.id);
        else this.dependants.set(need, [step.id]);
      }
    }
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  /** @throws RangeError for an id that is not in the plan. */
  step(id: string): Step {
    const step = this.byId.get(id);
    if (!step) throw new RangeError(`no step ${id} in the plan`);
    return step;
  }

  dependantsOf(id: string): readonly string[] {
    return this.dependants.get(id) ?? [];
  }

  /** All that must be done before, through any number of steps. A cycle ends where it began. */
  ancestorsOf(id: string): ReadonlySet<string> {
    const cached = this.ancestorCache.get(id);
    if (cached) return cached;
    const found = new Set<string>();
    const waiting = [...(this.byId.get(id)?.needs ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next) || !this.byId.has(next)) continue;
      found.add(next);
      waiting.push(...this.step(next).needs);
    }
    this.ancestorCache.set(id, found);
    return found;
  }

  /** Ids of steps that wait for themselves, in the plan's order. */
  circular(): readonly string[] {
    return this.steps.filter((step) => this.ancestorsOf(step.id).has(step.id)).map((step) => step.id);
  }
}
