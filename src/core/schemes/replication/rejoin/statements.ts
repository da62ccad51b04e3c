import { sqlQuote } from '../../../quote';
import type { RejoinContext } from './context';

/** A statement as it is sent (secrets as placeholders) and as it is shown. */
export interface Statement {
  readonly sent: string;
  readonly shown: string;
}

/**
 * By auto position, with a way to the public key (without one caching_sha2 fails after the source's restart), trying for
 * ever, and with a heartbeat every 2 s that tells early when the source is gone.
 */
export function changeSource({ site, primary }: RejoinContext): Statement {
  const { mysql } = site;
  const { user, password } = mysql.replicationUser;
  const text = (secret: string): string =>
    `CHANGE REPLICATION SOURCE TO SOURCE_HOST=${sqlQuote(primary.name)}, SOURCE_PORT=${mysql.port}, SOURCE_USER=${sqlQuote(user)}, SOURCE_PASSWORD=${secret}, SOURCE_AUTO_POSITION=1, SOURCE_SSL=${mysql.tls ? 1 : 0}, GET_SOURCE_PUBLIC_KEY=1, SOURCE_HEARTBEAT_PERIOD=2, SOURCE_RETRY_COUNT=0, SOURCE_CONNECT_RETRY=1`;
  return {
    sent: `${text(`{{secret:${password.secret}}}`)};`,
    shown: `${text(`<secret ${password.secret}>`)};`,
  };
}

/** One line. The donor list must name the donor literally (error 3869). */
export function cloneStatement({ site, primary }: RejoinContext): Statement {
  const { port, cloneUser, tls } = site.mysql;
  const donor = `SET GLOBAL clone_valid_donor_list=${sqlQuote(`${primary.name}:${port}`)};`;
  const text = (secret: string): string =>
    `${donor} CLONE INSTANCE FROM ${sqlQuote(cloneUser.user)}@${sqlQuote(primary.name)}:${port} IDENTIFIED BY ${secret}${tls ? ' REQUIRE SSL' : ''};`;
  const { secret } = cloneUser.password;
  return { sent: text(`{{secret:${secret}}}`), shown: text(`<secret ${secret}>`) };
}
