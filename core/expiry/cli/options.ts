/** Options of the verbs of `arcwarden expiry`. */
export const EXPIRY_OPTIONS = {
  'fail-on': { type: 'string' },
  prometheus: { type: 'string' },
  notify: { type: 'boolean' },
  'event-log': { type: 'boolean' },
  'off-since': { type: 'string' },
  'off-until': { type: 'string' },
  horizon: { type: 'string' },
  'update-on': { type: 'string' },
  off: { type: 'string' },
  absent: { type: 'string' },
  zone: { type: 'string' },
  weekdays: { type: 'string' },
  hours: { type: 'string' },
  blackout: { type: 'string', multiple: true },
  lead: { type: 'string' },
  'no-updates': { type: 'boolean' },
  minutes: { type: 'string', multiple: true },
  ics: { type: 'string' },
  'task-xml': { type: 'string' },
  script: { type: 'string' },
  register: { type: 'string' },
  markdown: { type: 'string' },
  clustered: { type: 'boolean' },
  account: { type: 'string' },
  deployment: { type: 'string' },
} as const;

type ExpiryOptions = typeof EXPIRY_OPTIONS;
declare module '../../shared/verb/options.ts' {
  interface OptionTable extends ExpiryOptions {}
}
