import { starts, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

export const SETTINGS_VERBS: readonly Verb[] = [
  {
    name: ['inventory', 'link'],
    usage: 'CLUSTER --deployment NAME',
    effect: starts('settings.changed'),
    words: 1,
    options: ['deployment'],
    run: async (invocation) => (await import('./link.ts')).inventoryLink(invocation),
  },
  {
    name: ['settings', 'list'],
    usage: '[NAME]',
    effect: READS,
    words: { least: 0, most: 1 },
    run: async (invocation) => (await import('./settings.ts')).settingsList(invocation),
  },
  {
    name: ['settings', 'set'],
    usage: 'NAME VALUE',
    effect: starts('settings.changed'),
    words: 2,
    run: async (invocation) => (await import('./settings.ts')).settingsSet(invocation),
  },
  {
    name: ['settings', 'reset'],
    usage: 'NAME',
    effect: starts('settings.changed'),
    words: 1,
    run: async (invocation) => (await import('./settings.ts')).settingsReset(invocation),
  },
];
