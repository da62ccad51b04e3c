/** Who says it, in Problems. */
export const DIAGNOSTIC_SOURCE = 'ClusterControl HA';
