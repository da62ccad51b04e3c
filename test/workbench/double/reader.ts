import { parse } from 'yaml';
import type { InventoryReader } from '../../../src/ui/services';
export const doubleReader: InventoryReader = {
  read: (documents) => {
    const ssh = { user: undefined, port: undefined, identityFile: undefined, jump: undefined };
    const sites = documents.flatMap(({ file, text }) => {
      try {
        const y = parse(text) as {
          sites: Record<
            string,
            {
              controllers: Record<string, { address: string }>;
              prometheus: { name: string; address: string };
            }
          >;
        };
        return Object.entries(y.sites).map(([name, s]) => ({
          scheme: 'replication',
          name,
          file,
          hosts: [
            ...Object.entries(s.controllers).map(([n, c]) => ({ name: n, address: c.address, ssh })),
            { ...s.prometheus, ssh },
          ],
        }));
      } catch {
        return [];
      }
    });
    return Promise.resolve({ sites, findings: [] });
  },
};
