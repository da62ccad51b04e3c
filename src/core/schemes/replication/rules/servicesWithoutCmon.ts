import { insertItem } from '../../../inventory/edits';
import { at } from './rule';
import type { ReplicationRule } from './rule';

export const servicesWithoutCmon: ReplicationRule = {
  code: 'services-without-cmon',
  severity: 'error',
  why: 'cmon is what the site is about: without it in the list nothing would stop it on the old primary.',
  remedy: 'List cmon first.',
  check(draft) {
    const { services } = draft.value;
    return services === undefined || services[0] === 'cmon'
      ? []
      : [
          at(draft, ['services'], 'the list of services begins with cmon', {
            fix: services.includes('cmon')
              ? undefined
              : insertItem(draft.entry, ['services'], 'cmon', 'List cmon first'),
          }),
        ];
  },
};
