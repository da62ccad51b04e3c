import type { Site } from '../core/inventory/site';
import type { Plan } from '../core/plan/plan';
import type { Operations } from './operations';

/** What has changed of a site since a plan of it was made, as far as anybody in this window has looked. */
export class PlanWatch {
  private changed = '';
  private subscription: { dispose(): void } | undefined;

  constructor(
    private readonly operations: Operations,
    private readonly planned: () => { readonly site: Site; readonly plan: Plan },
    private readonly tell: () => void,
  ) {
    this.watch();
  }

  /** Empty while the plan fits. */
  outdated(): string {
    return this.changed;
  }

  watch(): void {
    this.subscription ??= this.operations.whileItWaits(this.planned, (changed) => this.compared(changed));
  }

  /** Nobody reads the plan. */
  stop(): void {
    this.subscription?.dispose();
    this.subscription = undefined;
  }

  /** The plan was made anew. */
  reset(): void {
    this.changed = '';
  }

  /** A host that could not be read once is no lasting change: the next observation may take it back. */
  private compared(differences: readonly string[]): void {
    const changed = differences.length === 0 ? '' : `${differences.join('; ')}.`;
    if (changed === this.changed) return;
    this.changed = changed;
    this.tell();
  }
}
