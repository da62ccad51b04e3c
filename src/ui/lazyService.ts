import type { SiteService } from './services';

/** Builds the real service when it is first asked something: activation loads neither ssh nor MySQL. */
export function lazyService(build: () => Promise<SiteService>): SiteService {
  let built: Promise<SiteService> | undefined;
  const service = (): Promise<SiteService> => (built ??= build());
  return {
    observe: async (site) => (await service()).observe(site),
    files: async (site) => (await service()).files(site),
    documents: async (site) => (await service()).documents(site),
    compareFiles: async (site) => (await service()).compareFiles(site),
    targets: async (site, operation) => (await service()).targets(site, operation),
    disconnect: async () => (await built)?.disconnect(),
  };
}
