import { expiryCheck } from './check.ts';
import { expiryPoweroff } from '../../power-off/cli.ts';
import { expiryForecast } from '../../forecast/cli.ts';
import { expiryPlan } from '../../maintenance/cli.ts';
import { expiryReport } from './report.ts';
import { expiryChannels, expiryTest } from '../../notifications/cli/check.ts';
import type { Verb } from '../../cli/verb.ts';

/** The verbs that judge by time. */
export const EXPIRY_VERBS: readonly Verb[] = [
  { name: ['expiry', 'check'], options: ['cluster', 'fail-on', 'prometheus', 'notify', 'event-log'], run: expiryCheck },
  { name: ['expiry', 'channels'], words: { least: 0, most: 0 }, options: [], run: expiryChannels },
  { name: ['expiry', 'test'], words: { least: 1, most: 1 }, options: [], run: expiryTest },
  { name: ['expiry', 'poweroff'], options: ['cluster', 'off-since', 'off-until'], run: expiryPoweroff },
  { name: ['expiry', 'forecast'], options: ['cluster', 'horizon', 'update-on', 'off', 'absent'], run: expiryForecast },
  {
    name: ['expiry', 'plan'],
    options: [
      ...(['cluster', 'zone', 'weekdays', 'hours', 'blackout', 'lead', 'horizon'] as const),
      ...(['no-updates', 'minutes', 'ics', 'task-xml', 'script', 'register', 'markdown'] as const),
      ...(['clustered', 'account', 'deployment'] as const),
    ],
    run: expiryPlan,
  },
  { name: ['expiry', 'report'], options: ['cluster', 'out'], run: expiryReport },
];
