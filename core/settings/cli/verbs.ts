import { runIn, starts, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

const SETTINGS = () => import('./settings.ts');

export const SETTINGS_VERBS: readonly Verb[] = [
  {
    name: ['inventory', 'link'],
    usage: 'CLUSTER --deployment NAME',
    effect: starts('settings.changed'),
    words: 1,
    options: ['deployment'],
    run: runIn(() => import('./link.ts'), 'inventoryLink'),
  },
  {
    name: ['settings', 'list'],
    usage: '[NAME]',
    effect: READS,
    words: { least: 0, most: 1 },
    run: runIn(SETTINGS, 'settingsList'),
  },
  {
    name: ['settings', 'set'],
    usage: 'NAME VALUE',
    effect: starts('settings.changed'),
    words: 2,
    run: runIn(SETTINGS, 'settingsSet'),
  },
  {
    name: ['settings', 'reset'],
    usage: 'NAME',
    effect: starts('settings.changed'),
    words: 1,
    run: runIn(SETTINGS, 'settingsReset'),
  },
];
