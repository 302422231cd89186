import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assess } from '../../../../core/expiry/model/assess.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import type { CredentialId } from '../../../../core/shared/ids.ts';
import { DAY_MS, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import { EXPIRY_STATES } from '../../../../core/knowledge/model/credentials/expiry-state.ts';
import { prometheusText, STATE_VALUES } from '../../../../core/expiry/export/prometheus-text.ts';
import { boardRow } from '../../../support/board-rows.ts';
import { TEST_NOW } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { needPython } from '../../../support/tools.ts';

const NOW_MS = epochMs(TEST_NOW);

/** A program that prints the metric families as read by the official Prometheus client for Python. */
const PARSER = `
import json, sys
from prometheus_client.parser import text_string_to_metric_families as families
text = open(sys.argv[1], encoding='utf-8', newline='').read()
print(json.dumps([[f.name, f.type, f.documentation, [[s.name, s.labels, s.value] for s in f.samples]] for f in families(text)]))
`;

type Family = [name: string, type: string, help: string, samples: [string, Record<string, string>, number][]];

function parseMetrics(python: string, text: string): Family[] {
  const file = join(temporaryFolder(), 'arcwarden.prom');
  writeFileSync(file, text);
  return JSON.parse(execFileSync(python, ['-c', PARSER, file], { encoding: 'utf8' })) as Family[];
}

const row = boardRow({
  id: 'ab'.repeat(32) as CredentialId,
  notBeforeMs: NOW_MS - 2 * DAY_MS,
  notAfterMs: NOW_MS + 2 * DAY_MS - SECOND_MS,
  confirmedMs: NOW_MS - 60_000,
});

function text(names: readonly string[], paths: readonly string[] = []): string {
  const rows = names.map((name, at) => ({
    ...row,
    id: at.toString(16).padStart(16, '0').padEnd(64, '0') as CredentialId,
    name,
    cluster: name,
  }));
  return prometheusText({
    assessments: assess(rows, { nowMs: NOW_MS, classes: LIFETIME_CLASSES }),
    sources: paths.map((path, at) => ({ path, up: at % 2 === 0 })),
    checkedAt: TEST_NOW,
    version: '1.2.3',
  });
}

test('the official parser reads every metric with its labels, and times are in seconds', (context) => {
  const python = needPython(context, 'prometheus_client');
  const families = parseMetrics(python, text(['kube-apiserver'], ['C:\\pki\\a.crt', '/pki/"b".crt']));
  const labels = {
    id: '0'.repeat(16),
    cluster_id: 'retail-east',
    cluster: 'kube-apiserver',
    layer: 'kubernetes',
    role: 'apiserver',
    kind: 'certificate',
    name: 'kube-apiserver',
  };
  const now = NOW_MS / 1_000;
  const day = 86_400;
  expect(
    families.map(([name, type, , samples]) => [name, type, ...samples.map(([, each, value]) => [each, value])]),
  ).toEqual([
    ['arcwarden_credential_not_after_timestamp_seconds', 'gauge', [labels, now + 2 * day - 1]],
    ['arcwarden_credential_not_before_timestamp_seconds', 'gauge', [labels, now - 2 * day]],
    ['arcwarden_credential_renewal_due_timestamp_seconds', 'gauge', [labels, now + day]],
    ['arcwarden_credential_last_confirmed_timestamp_seconds', 'gauge', [labels, now - 60]],
    ['arcwarden_credential_state', 'gauge', [labels, 0]],
    ['arcwarden_source_up', 'gauge', [{ path: 'C:\\pki\\a.crt' }, 1], [{ path: '/pki/"b".crt' }, 0]],
    ['arcwarden_last_successful_check_timestamp_seconds', 'gauge', [{}, now]],
    ['arcwarden_build_info', 'gauge', [{ version: '1.2.3' }, 1]],
  ]);
  for (const [name, , help] of families) expect(help, name).toMatch(/^[A-Z].*\.$/u);
});

test('the official parser reads every name unchanged, whatever characters it contains', (context) => {
  const python = needPython(context, 'prometheus_client');
  const names = fc.sample(
    fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\r', '}', ',', '=', ' ', 'あ', '😀', '\ud800') }),
    { numRuns: 200, seed: 7 },
  );
  const families = parseMetrics(python, text(names));
  const [first] = families;
  const read = first?.[3].map(([, labels]) => labels['name']);
  expect(read).toEqual(names.map((name) => name.replace(/[\ud800-\udfff]/gu, '\ufffd')));
});

test('a credential without a known end has a state but no end time', () => {
  const { notAfterMs: _, ...endless } = row;
  const written = prometheusText({
    assessments: assess([endless], { nowMs: NOW_MS, classes: LIFETIME_CLASSES }),
    sources: [],
    checkedAt: TEST_NOW,
    version: '1',
  });
  expect(written).not.toContain('not_after');
  expect(written).toMatch(/^arcwarden_credential_state\{.*\} 1$/mu);
});

test('every state has its own value, and expired has the highest', () => {
  const values = EXPIRY_STATES.map((state) => STATE_VALUES[state]);
  expect(new Set(values).size).toBe(EXPIRY_STATES.length);
  expect(Math.max(...values)).toBe(STATE_VALUES.expired);
});

test('the official parser also reads the file of an empty fleet', (context) => {
  const python = needPython(context, 'prometheus_client');
  const families = parseMetrics(python, text([]));
  expect(families.map(([name]) => name)).toEqual([
    'arcwarden_last_successful_check_timestamp_seconds',
    'arcwarden_build_info',
  ]);
});
