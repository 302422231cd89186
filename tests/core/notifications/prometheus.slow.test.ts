import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EXPIRY_STATES, type ExpiryState } from '../../../core/knowledge/model/credentials/expiry-state.ts';
import { prometheusText } from '../../../core/expiry/export/prometheus-text.ts';
import type { Channel } from '../../../core/notifications/model/channel.ts';
import type { ChannelId, CredentialId } from '../../../core/shared/ids.ts';
import { HOUR_MS, instantFromMs, SECOND_MS } from '../../../core/shared/instant.ts';
import { boardRow } from '../../support/board-rows.ts';
import { runInFolder } from '../../support/command-line.ts';
import { TEST_NOW } from '../../support/ports.ts';
import { needPrometheus, needPromtool, promtool, RealPrometheus, type Alert } from '../../support/real-prometheus.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { makeWorkstation } from '../../support/workstation.ts';
import { NotifierWorld } from './notifier-world.ts';

const DOCS = join(import.meta.dirname, '../../../docs');
const DOCUMENTED = readFileSync(join(DOCS, 'notifications.md'), 'utf8');
const RULES = join(DOCS, 'examples/prometheus-alerts.yml');
const ALERTS = [...readFileSync(RULES, 'utf8').matchAll(/- alert: (\w+)/gu)].map(([, name = '']) => name);

/** Names that would end a label, a line or an expression, or are not ASCII. */
const HOSTILE = [
  'retail "east"',
  'C:\\clusters\\new',
  'ends in \\',
  'two\nlines\n# TYPE up gauge\nup 0',
  '"} 7\narcwarden_credential_state{id="',
  '{{ $labels.instance }} {{ end }}',
  '東日本リテール店舗第一クラスター',
  '<script>alert(1)</script>&amp;',
  '😀 \ud800',
];

/** Replaces lone surrogates, which UTF-8 cannot represent. */
const encodable = (name: string): string => name.replaceAll(/\p{Surrogate}/gu, '\ufffd');

describe('a metrics file', () => {
  test('that the command line writes for a whole workstation passes promtool', async (context) => {
    needPromtool(context);
    const folder = temporaryFolder();
    const { folder: files } = makeWorkstation(join(folder, 'files'), Date.parse(TEST_NOW));
    for (const [file, ...words] of [
      ['paths.prom', files],
      ['none.prom', join(folder, 'empty')],
    ] as const) {
      mkdirSync(join(folder, 'empty'), { recursive: true });
      await runInFolder(folder, 'expiry', 'check', ...words, '--prometheus', file, '--now', TEST_NOW);
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text).toContain('arcwarden_last_successful_check_timestamp_seconds 1');
      expect(promtool(['check', 'metrics'], text)).toEqual({ code: 0, said: '' });
    }
    expect(readFileSync(join(folder, 'paths.prom'), 'utf8').match(/^arcwarden_credential_state\{/gmu)).toHaveLength(16);
  });

  test('of a channel with hostile names passes promtool', async (context) => {
    needPromtool(context);
    const channel: Channel = {
      id: '00000000000000c1' as ChannelId,
      kind: 'prometheus',
      name: 'metrics',
      enabled: true,
      createdAt: TEST_NOW,
      path: '/metrics.prom',
    };
    const world = await NotifierWorld.start([channel]);
    await world.check(Object.fromEntries(HOSTILE.map((name, at) => [name, EXPIRY_STATES[at % EXPIRY_STATES.length]!])));
    const text = new TextDecoder().decode(await world.ports.files.read('/metrics.prom', 1_000_000));
    expect(text.match(/^arcwarden_credential_state\{/gmu)).toHaveLength(HOSTILE.length);
    expect(promtool(['check', 'metrics'], text)).toEqual({ code: 0, said: '' });
  });

  test('is rejected by promtool if it contains a fault', (context) => {
    needPromtool(context);
    expect(promtool(['check', 'metrics'], 'arcwarden_state{id="a} 1\n').code).not.toBe(0);
    expect(promtool(['check', 'metrics'], '# TYPE arcwarden_checks counter\narcwarden_checks 1\n').code).not.toBe(0);
  });
});

interface Case {
  title: string;
  /** Values of each series, one per minute, in promtool's notation. Time starts at 0. */
  series: Record<string, string>;
  atMinute: number;
  /** Labels of the firing alerts, by name of the alert, without `severity`. */
  fires: Record<string, Record<string, string>[]>;
}

const STATE = 'arcwarden_credential_state{cluster="retail-east",name="kube-apiserver",instance="host:9182"}';
const END = STATE.replace('_state', '_not_after_timestamp_seconds');
const CHECKED = 'arcwarden_last_successful_check_timestamp_seconds{instance="host:9182"}';
const SOURCE = 'arcwarden_source_up{path="C:\\\\pki\\\\a.crt",instance="host:9182"}';
const OF_CREDENTIAL = { cluster: 'retail-east', name: 'kube-apiserver', instance: 'host:9182' };
const OF_HOST = { instance: 'host:9182' };
const OF_SOURCE = { path: 'C:\\pki\\a.crt', ...OF_HOST };
/** One check per minute for ten hours. */
const FRESH = { [CHECKED]: '0+60x600' };
const ends = (minute: number): string => `${minute * 60}x600`;

const CASES: Case[] = [
  {
    title: 'a fleet that is fine',
    series: { ...FRESH, [STATE]: '0x600', [END]: ends(10_000), [SOURCE]: '1x600' },
    atMinute: 60,
    fires: {},
  },
  ...[1, 2].map((state) => ({
    title: `state ${state}, the normal life of a credential`,
    series: { ...FRESH, [STATE]: `${state}x600`, [END]: ends(10_000) },
    atMinute: 60,
    fires: {},
  })),
  ...(
    [
      [3, 'ArcwardenCredentialNotYetValid'],
      [4, 'ArcwardenRenewalOverdue'],
      [5, 'ArcwardenRenewalStalled'],
      [6, 'ArcwardenCredentialUrgent'],
      [7, 'ArcwardenCredentialExpired'],
    ] as const
  ).map(([state, alert]) => ({
    title: `state ${state}, from the check on that found it`,
    series: { ...FRESH, [STATE]: `0x9 ${state}x500`, [END]: ends(10_000) },
    atMinute: 10,
    fires: { [alert]: [OF_CREDENTIAL] },
  })),
  {
    title: 'a credential in its last second, for which there was no further check',
    series: { ...FRESH, [STATE]: '6x600', [END]: ends(20) },
    atMinute: 20,
    fires: { ArcwardenCredentialUrgent: [OF_CREDENTIAL] },
  },
  {
    title: 'a credential that has ended since the last check, told once',
    series: { ...FRESH, [STATE]: '6x600', [END]: ends(20) },
    atMinute: 21,
    fires: { ArcwardenCredentialExpired: [OF_CREDENTIAL] },
  },
  {
    title: 'a credential without a known end that is not judged',
    series: { ...FRESH, [STATE]: '1x600' },
    atMinute: 60,
    fires: {},
  },
  { title: 'a file as old as two checks', series: { [CHECKED]: '0x600' }, atMinute: 120, fires: {} },
  {
    title: 'a file that is older',
    series: { [CHECKED]: '0x600' },
    atMinute: 121,
    fires: { ArcwardenSilent: [OF_HOST] },
  },
  {
    title: 'a source that is away for less than half an hour',
    series: { ...FRESH, [SOURCE]: '1x9 0x28 1x600' },
    atMinute: 38,
    fires: {},
  },
  {
    title: 'a source that stays away',
    series: { ...FRESH, [SOURCE]: '1x9 0x600' },
    atMinute: 40,
    fires: { ArcwardenSourceGone: [OF_SOURCE] },
  },
  {
    title: 'the file of one computer that is gone, while another has its own',
    series: { [CHECKED]: '0+60x99 stale', [CHECKED.replace('host:', 'other:')]: '0+60x600' },
    atMinute: 120,
    fires: { ArcwardenGone: [OF_HOST] },
  },
  {
    title: 'the only file that is gone',
    series: { [CHECKED]: '0+60x99 stale' },
    atMinute: 120,
    fires: { ArcwardenGone: [OF_HOST], ArcwardenAbsent: [{}] },
  },
  { title: 'no file at all', series: { up: '1x600' }, atMinute: 20, fires: { ArcwardenAbsent: [{}] } },
  ...[
    'windows_exporter_collector_success{collector="textfile",instance="host:9182"} 0',
    'windows_textfile_scrape_error{instance="host:9182"} 1',
    'node_textfile_scrape_error{instance="host:9182"} 1',
  ].map((line) => {
    const [series = '', value = ''] = line.split(' ');
    const labels = series.includes('collector=') ? { collector: 'textfile', ...OF_HOST } : OF_HOST;
    return {
      title: `a collector that cannot read: ${line}`,
      series: { ...FRESH, [series]: `${value}x600` },
      atMinute: 20,
      fires: { ArcwardenMetricsRefused: [labels] },
    };
  }),
  {
    title: 'collectors that work',
    series: {
      ...FRESH,
      'windows_exporter_collector_success{collector="textfile"}': '1x600',
      'windows_exporter_collector_success{collector="cpu"}': '0x600',
      windows_textfile_scrape_error: '0x600',
      node_textfile_scrape_error: '0x600',
    },
    atMinute: 60,
    fires: {},
  },
];

/** Severity of each alert, from the table in the documentation. */
const SEVERITY = new Map(
  [...DOCUMENTED.matchAll(/^\| `(Arcwarden\w+)` \|.*\| (\w+) \|$/gmu)].map(([, alert = '', severity]) => [
    alert,
    severity,
  ]),
);

/** Checks with promtool which alerts fire in each case at `atMinute`. */
function runPromtool(cases: readonly Case[]): { code: number | null; said: string } {
  const file = join(temporaryFolder(), 'cases.yml');
  const tests = cases.map(({ title, series, atMinute, fires }) => ({
    name: title,
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: ALERTS.map((alertname) => ({
      alertname,
      eval_time: `${atMinute}m`,
      exp_alerts: (fires[alertname] ?? []).map((labels) => ({
        exp_labels: { severity: SEVERITY.get(alertname), ...labels },
        exp_annotations: { summary: summaryText(alertname, labels, atMinute) },
      })),
    })),
  }));
  writeFileSync(file, JSON.stringify({ rule_files: [RULES], tests }));
  return promtool(['test', 'rules', file]);
}

function summaryText(alert: string, labels: Record<string, string>, atMinute: number): string {
  const whose = `${labels['name']} of ${labels['cluster']}`;
  const sentences: Record<string, string> = {
    ArcwardenCredentialExpired: `${whose} has expired`,
    ArcwardenCredentialUrgent: `Little is left of the life of ${whose}`,
    ArcwardenRenewalStalled: `The renewal of ${whose} is overdue, and its renewer is seen failing`,
    ArcwardenRenewalOverdue: `The renewal of ${whose} is overdue`,
    ArcwardenCredentialNotYetValid: `${whose} is not valid yet: is a clock wrong?`,
    ArcwardenSourceGone: `${labels['path']} cannot be read, so that nobody knows what is in it now`,
    ArcwardenSilent: `Arcwarden on ${labels['instance']} has judged nothing for ${Math.floor(atMinute / 60)}h ${atMinute % 60}m 0s`,
    ArcwardenGone: `${labels['instance']} has no metrics of Arcwarden any more`,
    ArcwardenAbsent: 'No computer has metrics of Arcwarden',
    ArcwardenMetricsRefused: `The exporter of ${labels['instance']} cannot read a file of its textfile collector`,
  };
  return sentences[alert] ?? '';
}

describe('the alerting rules of the documentation', () => {
  test('are accepted by Prometheus', (context) => {
    needPromtool(context);
    const { code, said } = promtool(['check', 'rules', RULES]);
    expect([code, said]).toEqual([0, expect.stringContaining(`SUCCESS: ${ALERTS.length} rules found`)]);
    expect([...SEVERITY.keys()]).toEqual(ALERTS);
  });

  test('fire in every case that requires them and in no other', (context) => {
    needPromtool(context);
    const { code, said } = runPromtool(CASES);
    expect([code, said]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });

  test('are checked by a tool that detects planted faults', (context) => {
    needPromtool(context);
    for (const { fires, ...one } of CASES.filter(({ title }) => title === 'a file that is older')) {
      expect(fires).not.toEqual({});
      const { code, said } = runPromtool([{ ...one, fires: {} }]);
      expect([code, said]).toEqual([1, expect.stringContaining('ArcwardenSilent')]);
    }
    expect.assertions(2);
  });

  test('all fire in at least one case', () => {
    expect(new Set(CASES.flatMap(({ fires }) => Object.keys(fires)))).toEqual(new Set(ALERTS));
  });
});

/** Builds metrics with one credential per name, assigning the states in rotation. */
function makeMetrics(names: readonly string[], nowMs: number): string {
  const now = instantFromMs(Math.floor(nowMs / SECOND_MS) * SECOND_MS);
  const assessments = names.map((name, at) => {
    const state: ExpiryState = EXPIRY_STATES[at % EXPIRY_STATES.length]!;
    const endMs = Date.parse(now) + (state === 'expired' ? -HOUR_MS : HOUR_MS);
    const id = at.toString(16).padStart(16, '0').padEnd(64, '0') as CredentialId;
    return {
      row: boardRow({
        id,
        name,
        cluster: name,
        notBeforeMs: endMs - 4 * HOUR_MS,
        notAfterMs: endMs,
        confirmedMs: nowMs,
      }),
      state,
      renewalDueMs: endMs - HOUR_MS,
    };
  });
  const sources = names.map((name, at) => ({ path: `\\\\server\\share\\${name}`, up: at > 0 }));
  return prometheusText({ assessments, sources, checkedAt: now, version: '1.2.3' });
}

test('a real Prometheus with a real textfile collector reads every name, number and alert as documented', async (context) => {
  needPrometheus(context);
  const prometheus = await RealPrometheus.start(temporaryFolder(), RULES);
  onTestFinished(() => prometheus.stop());
  const file = join(prometheus.textfiles, 'arcwarden.prom');
  writeFileSync(file, makeMetrics(HOSTILE, Date.now()));
  await prometheus.waitUntil(
    'the first scrape',
    async () => (await prometheus.query('arcwarden_build_info')).length > 0,
  );

  const names = await prometheus.query('group by (__name__) ({__name__=~"arcwarden_.*"})');
  const table = [...DOCUMENTED.matchAll(/^\| `(arcwarden_\w+)` \|/gmu)].map(([, name]) => name);
  expect(names.map(({ metric }) => metric['__name__']).sort()).toEqual(table.sort());

  const [, stateRow = ''] = /^\| `arcwarden_credential_state` \|.*\| (.*) \|$/mu.exec(DOCUMENTED) ?? [];
  const values = new Map(stateRow.split(', ').map((each) => each.split(' ').reverse() as [string, string]));
  const states = await prometheus.query('arcwarden_credential_state');
  const read = new Map(states.map(({ metric, value }) => [metric['cluster'], [metric['name'], value[1]]]));
  expect(read).toEqual(
    new Map(
      HOSTILE.map((name, at) => [
        encodable(name),
        [encodable(name), values.get(EXPIRY_STATES[at % EXPIRY_STATES.length]!)],
      ]),
    ),
  );
  const sources = await prometheus.query('arcwarden_source_up == 0');
  expect(sources.map(({ metric }) => metric['path'])).toEqual([`\\\\server\\share\\${HOSTILE[0]}`]);
  const [left] = await prometheus.query('min(arcwarden_credential_not_after_timestamp_seconds) - time()');
  expect(Number(left?.value[1])).toBeLessThan(-3_599);

  const listAlerts = async (): Promise<string[]> =>
    (await prometheus.alerts()).map(({ labels, annotations, state }: Alert) =>
      [labels['alertname'], state, annotations['summary']].join(' '),
    );
  const namesInState = (state: ExpiryState): string[] =>
    HOSTILE.filter((_, at) => EXPIRY_STATES[at % EXPIRY_STATES.length] === state).map(encodable);
  const expected = [
    ...namesInState('expired').map((name) => `ArcwardenCredentialExpired firing ${name} of ${name} has expired`),
    ...namesInState('urgent').map(
      (name) => `ArcwardenCredentialUrgent firing Little is left of the life of ${name} of ${name}`,
    ),
    ...namesInState('stalled').map(
      (name) =>
        `ArcwardenRenewalStalled firing The renewal of ${name} of ${name} is overdue, and its renewer is seen failing`,
    ),
    ...namesInState('renewal-overdue').map(
      (name) => `ArcwardenRenewalOverdue firing The renewal of ${name} of ${name} is overdue`,
    ),
    ...namesInState('not-yet-valid').map(
      (name) => `ArcwardenCredentialNotYetValid firing ${name} of ${name} is not valid yet: is a clock wrong?`,
    ),
    `ArcwardenSourceGone pending \\\\server\\share\\${HOSTILE[0]} cannot be read, so that nobody knows what is in it now`,
  ];
  await prometheus.waitUntil('the alerts', async () => (await listAlerts()).length >= expected.length);
  expect((await listAlerts()).sort()).toEqual(expected.sort());

  // The file now contains a check from three hours ago.
  writeFileSync(file, makeMetrics([], Date.now() - 3 * HOUR_MS));
  await prometheus.waitUntil('silence', async () => (await listAlerts()).join().startsWith('ArcwardenSilent firing'));
  expect(await listAlerts()).toHaveLength(1);

  // The file is first invalid, and then missing.
  writeFileSync(file, 'arcwarden_build_info{version="1} 1\n');
  const isPending = async (...alerts: string[]): Promise<boolean> => {
    const names = (await prometheus.alerts()).map(({ labels }) => labels['alertname']);
    return names.sort().join() === alerts.join();
  };
  await prometheus.waitUntil('a refusal', () =>
    isPending('ArcwardenAbsent', 'ArcwardenGone', 'ArcwardenMetricsRefused'),
  );
  rmSync(file);
  await prometheus.waitUntil('nothing', () => isPending('ArcwardenAbsent', 'ArcwardenGone'));
});
