import type { SiteReader } from '../../inventory/examine';
import { resolveReplication } from './resolve';
import { SET_RULES, SITE_RULES } from './rules/table';
import { replicationSchema } from './schema';
import type { ReplicationInput } from './schema';
import type { ReplicationSite } from './site';

/** How sites of scheme `replication` are read from an inventory. */
export const replicationReader: SiteReader<ReplicationInput, ReplicationSite> = {
  schema: replicationSchema,
  rules: SITE_RULES,
  setRules: SET_RULES,
  resolve: resolveReplication,
};
