import { type Check, needAnswer, verdict } from '../operation/check';
import { ASKED } from './asked/questions';
import { readReach } from './asked/reach';

/** A controller that manages nothing is no controller: the target must reach what cmon works on, as cmon does. */
export const reach: Check = {
  id: 'reach',
  title: 'The target reaches the managed nodes and Prometheus',
  level: 'acknowledge',
  run(context) {
    const { target, site } = context;
    const { nodes, prometheus } = readReach(needAnswer(context, ASKED.reach, target.name));
    const failed = nodes.flatMap(({ node, trouble }) =>
      trouble === undefined ? [] : [`${target.name} as ${node}: ${trouble}`],
    );
    const { name, address } = site.prometheus;
    return verdict(
      [
        ...failed,
        ...(prometheus === undefined
          ? []
          : [`${target.name} to Prometheus on ${name} (${address}:9090): ${prometheus}`]),
      ],
      `Let ${target.name} log in there with cmon's key (ssh_identity and osuser in /etc/cmon.d/cmon_N.cnf), and through firewalls. What it can't reach stays unmanaged after the promotion.`,
      [
        nodes.length === 0
          ? `the cluster files of ${target.name} name no node`
          : `${target.name} logged in to ${nodes.length} nodes with cmon's key`,
        `Prometheus on ${name} is ready`,
      ],
    );
  },
};
