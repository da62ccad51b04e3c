import type { ReplicationRule, ReplicationSetRule } from './rule';

/** Rules of the inventory alone, one site at a time. */
export const SITE_RULES: readonly ReplicationRule[] = [];

/** Rules over all sites at once. */
export const SET_RULES: readonly ReplicationSetRule[] = [];
