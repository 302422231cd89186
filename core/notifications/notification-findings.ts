import type { Channel } from './model/channel.ts';
import type { Finding, Severity } from '../shared/finding.ts';
import type { NotificationStore } from './store/store.ts';

const SEVERITIES = {
  'watch.channel-failing': 'error',
  'watch.source-down': 'warning',
  'watch.clock-back': 'warning',
  'watch.file-restored': 'warning',
  'watch.file-doubted': 'error',
  'watch.file-lost': 'error',
  'watch.entry-unreadable': 'warning',
} as const satisfies Record<string, Severity>;
/** Text and remedy: `finding.<rule>`. */
export const WATCH_FINDING_RULES = Object.keys(SEVERITIES);

export function watchFindings(store: NotificationStore, nameOf: (path: string) => string): Finding[] {
  const { sourcesDown, clock } = store.watch();
  const [firstDown] = sourcesDown;
  return [
    ...store.channels().flatMap((channel) => channelFinding(store, channel)),
    ...(firstDown === undefined
      ? []
      : [finding('watch.source-down', { count: sourcesDown.length, path: firstDown }, firstDown)]),
    ...(clock?.backSince === undefined ? [] : [finding('watch.clock-back', {})]),
    ...store
      .damages()
      .map(({ kind, path, setAside = 'none', entry = '' }) =>
        kind === 'entry-unreadable'
          ? finding('watch.entry-unreadable', { file: nameOf(path), entry }, path)
          : finding(`watch.file-${kind}`, { file: nameOf(path), setAside }, path),
      ),
  ];
}

function channelFinding(store: NotificationStore, { id, name, enabled }: Channel): Finding[] {
  const { statuses, waiting } = store.watch();
  const failures = enabled ? (statuses[id]?.failures ?? 0) : 0;
  if (failures === 0) return [];
  const count = waiting.filter(({ channelId }) => channelId === id).length;
  return [finding('watch.channel-failing', { channel: name, failures, waiting: count })];
}

function finding(rule: keyof typeof SEVERITIES, params: Record<string, string | number>, path?: string): Finding {
  return { rule, severity: SEVERITIES[rule], place: path === undefined ? {} : { path }, params };
}
