import { pathsOf } from '../paths';
import type { ReplicationController, ReplicationSite } from '../site';
import { header } from './header';

/**
 * Labels for SELinux as a CIL module, which needs no more than semodule(8). The policy of RHEL lets keepalived run scripts
 * of its own folder below /usr/libexec and read its own files below /run, nothing else (keepalived_selinux(8)): the notify
 * script and the role flag are given those labels. Not run on such a host.
 */
export function selinuxModule(site: ReplicationSite, controller: ReplicationController): string {
  const script = pathsOf(controller.os).notifyScript.replaceAll('.', '[.]');
  const context = (type: string) => `(system_u object_r ${type} ((s0) (s0)))`;
  // RHEL 9 looks /run up as /var/run, RHEL 10 the other way round (file_contexts.subs_dist).
  const flags = ['/run', '/var/run'].map(
    (folder) => `(filecon "${folder}/clustercontrol-ha(/.*)?" any ${context('keepalived_var_run_t')})\n`,
  );
  return `${header(site, ';', 'Labels for SELinux')}; Inert until you say:
;   $ semodule -i /etc/clustercontrol-ha/selinux.cil
;   $ restorecon -RF /run/clustercontrol-ha ${pathsOf(controller.os).notifyScript}
(typeattributeset cil_gen_require keepalived_var_run_t)
(typeattributeset cil_gen_require keepalived_unconfined_script_exec_t)
${flags.join('')}(filecon "${script}" file ${context('keepalived_unconfined_script_exec_t')})
`;
}
