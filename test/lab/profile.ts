import { activateDocumented, installDocumented } from './documented/deploy';
import { installFresh } from './fresh/deploy';
import { activateHardened, installHardened } from './hardened/deploy';
import type { Lab } from './lab';
import { LAB_SOURCES, REPOSITORY } from './places';
import { join } from 'node:path';
import type { ProfileName } from './site';

/** How a state of the hosts is made. */
export interface LabProfile {
  /** Everything that is on disk. What it leaves can be switched off and kept as a template. */
  install(lab: Lab): Promise<void>;
  /** From freshly booted hosts with all of that to the running state. */
  activate(lab: Lab): Promise<void>;
  /** Files and folders whose change makes a new template. */
  readonly sources: readonly string[];
}

const SHARED = ['standins', 'host', 'image', 'documented', 'rendering', 'operator.ts', 'site.ts'].map(
  (name) => join(LAB_SOURCES, name),
);
/** What the product renders the hosts' files and statements with. */
const RENDERING = ['files', 'sql', 'paths.ts', 'resolve.ts', 'defaults.ts', 'hardenedPriority.ts'].map(
  (name) => join(REPOSITORY, 'src/core/schemes/replication', name),
);

export function profileOf(name: ProfileName): LabProfile {
  switch (name) {
    case 'fresh':
      return {
        install: installFresh,
        activate: async () => undefined,
        sources: [...SHARED, join(LAB_SOURCES, 'fresh')],
      };
    case 'bare':
      return { install: async () => undefined, activate: async () => undefined, sources: SHARED };
    case 'documented':
      return { install: installDocumented, activate: activateDocumented, sources: [...SHARED, ...RENDERING] };
    case 'hardened':
      return {
        install: installHardened,
        activate: activateHardened,
        sources: [...SHARED, ...RENDERING, join(LAB_SOURCES, 'hardened'), join(REPOSITORY, 'media', 'host')],
      };
  }
}
