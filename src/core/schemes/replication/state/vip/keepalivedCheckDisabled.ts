import { onHost } from '../rule';
import type { StateRule } from '../rule';

/** keepalived -t: 5 is an error, by which keepalived also drops a check in silence; 6 only warns of script security. */
const KEEPALIVED_EXIT_CONFIG_ERROR = 5;
/** Ends with 6 or 0 all the same (measured with 2.3.4): "Disabling track script X since not found/accessible". */
const DISABLED = /^.*Disabling track script.*$/im;

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}

export const keepalivedCheckDisabled: StateRule = {
  code: 'keepalived-check-disabled',
  severity: 'error',
  part: 'keepalived',
  why: 'keepalived drops a check that it cannot run (psmisc missing, script security without script_user) and goes on without it: the VIP then follows nothing.',
  remedy: 'keepalived -t names the line. Install psmisc, set script_user, or deploy the hardened profile.',
  check(view) {
    return view.controllers.flatMap(({ name, seen }) => {
      if (!seen.keepalived.known || !seen.keepalived.value.running) return [];
      const { follows, test, config } = seen.keepalived.value;
      if (config !== undefined && follows === 'none') {
        return [
          onHost(
            view,
            name,
            `keepalived on ${name} checks nothing: the VIP follows neither cmon nor the role`,
          ),
        ];
      }
      if (test?.exitCode === KEEPALIVED_EXIT_CONFIG_ERROR)
        return [onHost(view, name, `keepalived -t on ${name} ends with 5: ${firstLine(test.output)}`)];
      const disabled = DISABLED.exec(test?.output ?? '');
      return disabled === null
        ? []
        : [onHost(view, name, `keepalived on ${name} goes on without its check: ${disabled[0].trim()}`)];
    });
  },
};
