// What both floors send: the records as the product keeps them, without the program that guards them.

export const STATE = '/var/lib/clustercontrol-ha';
export const RUN = '/run/clustercontrol-ha';

/** A record by rename, on disk when it returns. */
export const durable = (file: string, text: string): string =>
  `printf '%s\\n' '${text}' >${file}.new && sync -d ${file}.new && mv -fT ${file}.new ${file} && sync ${STATE}`;

/** Until a file of keepalived's says the word; eight seconds at most. */
export const waitFor = (file: string, word: string): string =>
  `for _ in {1..4000}; do x=; read -r x 2>/dev/null <${RUN}/${file}; [ "$x" = ${word} ] && break; sleep 0.002; done; [ "$x" = ${word} ]`;
