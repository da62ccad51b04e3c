/** Where a hardened host has the product's helper. */
export const HELPER = '/usr/local/sbin/clustercontrol-ha';
