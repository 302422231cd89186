import type { MessageKey } from '../../core/shared/text/text.ts';

/** In the order of the page. The heading of a section has the id `settings-<section>`. */
export const SETTINGS_SECTIONS = {
  appearance: 'settings.appearance',
  board: 'settings.board',
  thresholds: 'thresholds.title',
  watch: 'watch.title',
  revocation: 'settings.revocation',
  clusters: 'field.clusters',
  store: 'team.title',
} as const satisfies Record<string, MessageKey>;
export type SettingsSection = keyof typeof SETTINGS_SECTIONS;

interface SettingsField {
  id: string;
  title: MessageKey;
  section: SettingsSection;
}

export const SETTINGS_FIELDS = [
  { id: 'language', title: 'language.label', section: 'appearance' },
  { id: 'theme', title: 'settings.theme', section: 'appearance' },
  { id: 'density', title: 'settings.density', section: 'appearance' },
  { id: 'time-zone', title: 'settings.time-zone', section: 'board' },
  { id: 'columns', title: 'field.columns', section: 'board' },
  { id: 'thresholds', title: 'thresholds.title', section: 'thresholds' },
  { id: 'channels', title: 'watch.channels', section: 'watch' },
  { id: 'sent', title: 'watch.sent', section: 'watch' },
  { id: 'read-every', title: 'watch.read-every', section: 'watch' },
  { id: 'heartbeat', title: 'watch.heartbeat', section: 'watch' },
  { id: 'quiet', title: 'watch.quiet', section: 'watch' },
  { id: 'background', title: 'watch.background', section: 'watch' },
  { id: 'marks', title: 'watch.marks', section: 'watch' },
  { id: 'spelling', title: 'settings.spelling', section: 'revocation' },
  { id: 'clusters', title: 'field.clusters', section: 'clusters' },
  { id: 'store', title: 'team.title', section: 'store' },
] as const satisfies readonly SettingsField[];
export type SettingsFieldId = (typeof SETTINGS_FIELDS)[number]['id'];
