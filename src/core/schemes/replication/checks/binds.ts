import { type PromoteContext, sourceAsked } from '../operation/context';
import { type Check, needAnswer, verdict } from '../operation/check';
import { type CmonAnswer, readCmon } from './asked/cmon';
import { ASKED } from './asked/questions';
import { readServer } from './asked/server';

const EVERYWHERE = ['0.0.0.0', '*', '::'];
const LOCAL = ['127.0.0.1', '::1', 'localhost'];

/** What of cmon's own settings does not fit a controller that is known by the VIP. */
function misfits(host: string, cmon: CmonAnswer, { site }: PromoteContext): string[] {
  const against = cmon.hostnames
    .filter(({ value }) => value !== site.vip)
    .map(({ file, value }) => `${host}: ${file} says hostname=${value}, not ${site.vip}`);
  if (!cmon.hostnames.some(({ file }) => file === '/etc/cmon.cnf')) {
    against.push(`${host}: /etc/cmon.cnf names no hostname: nodes are told the host's own address`);
  }
  const prometheus = [site.prometheus.address, site.prometheus.name];
  const named = cmon.prometheusHostnames.filter(({ value }) => !prometheus.includes(value));
  against.push(...named.map(({ file, value }) => `${host}: ${file} says prometheus_hostname=${value}`));
  if (cmon.prometheusHostnames.length === 0) {
    against.push(`${host}: /etc/cmon.cnf names no prometheus_hostname`);
  }
  const bound = (cmon.rpcBindAddresses ?? '').split(/[\s,]+/).filter(Boolean);
  if (!bound.some((address) => [...EVERYWHERE, site.vip].includes(address))) {
    against.push(
      `${host}: RPC_BIND_ADDRESSES is ${bound.length === 0 ? 'not set' : bound.join(',')}: cmon is not heard on ${site.vip}`,
    );
  }
  return against;
}

/** cmon and MySQL must be heard where the others look for them: at the VIP, and between the controllers. */
export const binds: Check = {
  id: 'binds',
  title: 'cmon and MySQL listen where they are looked for',
  level: 'acknowledge',
  run(context) {
    const { source, target, site } = context;
    const there = readCmon(needAnswer(context, ASKED.cmonTarget, target.name));
    const server = readServer(target.name, needAnswer(context, ASKED.serverTarget, target.name));
    const against = misfits(target.name, there, context);
    if (server.bindAddress.split(',').every((address) => LOCAL.includes(address.trim()))) {
      against.push(
        `${target.name}: MySQL listens on ${server.bindAddress} alone: ${source.name} could not replicate`,
      );
    }
    if (sourceAsked(context)) {
      const here = readCmon(needAnswer(context, ASKED.cmonSource, source.name));
      against.push(...misfits(source.name, here, context));
      if (here.rpcKeys !== there.rpcKeys) {
        against.push(`the RPC keys (rpc_key) of ${source.name} and ${target.name} differ`);
      }
    }
    return verdict(
      against,
      'The rendered /etc/cmon.cnf and /etc/default/cmon have these lines ("Compare with Hosts", "Deploy"). RPC keys come over with the copied files.',
      [
        `cmon is known as ${site.vip}, asks Prometheus at ${site.prometheus.name}, and is heard on ${there.rpcBindAddresses ?? ''}`,
      ],
    );
  },
};
