import type { Assessment } from '../model/assess.ts';
import { epochMs, SECOND_MS, type Instant } from '../../shared/instant.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';

interface PrometheusFacts {
  assessments: readonly Assessment[];
  sources: readonly { path: string; up: boolean }[];
  /** When all sources were last read and judged successfully. */
  checkedAt: Instant;
  version: string;
}

/** Higher is worse. These values never change; docs/notifications.md documents them. */
export const STATE_VALUES: Record<ExpiryState, number> = {
  fine: 0,
  unknown: 1,
  'renewal-due': 2,
  'not-yet-valid': 3,
  'renewal-overdue': 4,
  stalled: 5,
  urgent: 6,
  expired: 7,
};

const seconds = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.floor(ms / SECOND_MS);

const CREDENTIAL_METRICS: readonly {
  name: string;
  help: string;
  /** `undefined`: the metric omits this credential. */
  value: (assessment: Assessment) => number | undefined;
}[] = [
  {
    name: 'arcwarden_credential_not_after_timestamp_seconds',
    help: 'Last second of validity, in seconds since 1970.',
    value: ({ row }) => seconds(row.notAfterMs),
  },
  {
    name: 'arcwarden_credential_not_before_timestamp_seconds',
    help: 'First second of validity, in seconds since 1970.',
    value: ({ row }) => seconds(row.notBeforeMs),
  },
  {
    name: 'arcwarden_credential_renewal_due_timestamp_seconds',
    help: 'When its renewal is due by the thresholds of its class, in seconds since 1970.',
    value: ({ renewalDueMs }) => seconds(renewalDueMs),
  },
  {
    name: 'arcwarden_credential_last_confirmed_timestamp_seconds',
    help: 'When a file was last read that holds it, in seconds since 1970.',
    value: ({ row }) => seconds(row.confirmedMs),
  },
  {
    name: 'arcwarden_credential_state',
    help: `State: ${Object.entries(STATE_VALUES)
      .map(([state, value]) => `${value} ${state}`)
      .join(', ')}.`,
    value: ({ state }) => STATE_VALUES[state],
  },
];

/** This many digits of a SHA-256 distinguish all credentials of a fleet. */
const ID_DIGITS = 16;

/**
 * Returns metrics in the text exposition format of Prometheus, version 0.0.4. Times are in seconds since 1970. The text
 * is never translated. Sources: prometheus.io, "Exposition formats"; node_exporter, "Textfile Collector".
 */
export function prometheusText({ assessments, sources, checkedAt, version }: PrometheusFacts): string {
  const labels = assessments.map(({ row }) =>
    getLabels({
      id: row.id.slice(0, ID_DIGITS),
      cluster_id: row.clusterId,
      cluster: row.cluster,
      layer: row.layer,
      role: row.role,
      kind: row.kind,
      name: row.name,
    }),
  );
  const lines: string[] = [];
  const gauge = (name: string, help: string, series: readonly [string, number][]) => {
    if (series.length === 0) return;
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`);
    for (const [label, value] of series) lines.push(`${name}${label} ${value}`);
  };
  for (const { name, help, value } of CREDENTIAL_METRICS) {
    const series = assessments.flatMap((assessment, index): [string, number][] => {
      const number = value(assessment);
      return number === undefined ? [] : [[labels[index] ?? '', number]];
    });
    gauge(name, help, series);
  }
  gauge(
    'arcwarden_source_up',
    'Whether a file that credentials were read from could be read at the last check: 1 or 0.',
    sources.map(({ path, up }) => [getLabels({ path }), up ? 1 : 0]),
  );
  gauge(
    'arcwarden_last_successful_check_timestamp_seconds',
    'When all credentials were last judged, in seconds since 1970.',
    [['', epochMs(checkedAt) / SECOND_MS]],
  );
  gauge('arcwarden_build_info', 'The version of Arcwarden, as a label; always 1.', [[getLabels({ version }), 1]]);
  return `${lines.join('\n')}\n`;
}

function getLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabelValue(value)}"`);
  return `{${pairs.join(',')}}`;
}

/** Replaces unpaired surrogates, which UTF-8 cannot encode, with U+FFFD. */
function escapeLabelValue(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('"', '\\"')
    .replace(/[\ud800-\udfff]/gu, '\ufffd');
}
