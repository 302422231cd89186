import { expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { listDeployments, type ClusterPlace } from '../../../../core/plan/model/deployment.ts';
import { groupRows, inventoryEvidence } from '../../../../core/repair/model/evidence.ts';
import { DAY_MS, HOUR_MS, instant, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import type { RenewalRefusal } from '../../../../core/inventory/model/renewal-refusal.ts';
import { boardRow } from '../../../support/board-rows.ts';

const END = epochMs(instant('2026-11-24T12:00:00Z'));

test.each([
  ['a second before the end', -SECOND_MS, false],
  ['at the end', 0, false],
  ['a second after it', SECOND_MS, true],
])('a credential expires right after its end: %s', (_, offset, expired) => {
  const evidence = inventoryEvidence([boardRow({ notAfterMs: END })], END + offset);
  expect(evidence.expired?.has('apiserver')).toBe(expired);
  expect(evidence.valid?.has('apiserver')).toBe(!expired);
});

test('a role counts as expired if one of its credentials has expired, even if others are valid', () => {
  const rows = [END, END + 10_000].map((notAfterMs, at) => boardRow({ name: `api-${at}`, notAfterMs }));
  const { expired, valid } = inventoryEvidence(rows, END + 5_000);
  expect(expired).toEqual(new Set(['apiserver']));
  expect(valid).toEqual(new Set());
});

test('a credential without a known end is no evidence', () => {
  for (const roles of Object.values(inventoryEvidence([boardRow({ role: 'kvactl-token' })], END)))
    expect(roles).toEqual(new Set());
});

test.each([
  ['a second before its start', -SECOND_MS, true],
  ['at its start', 0, false],
])('a credential is valid from its start: %s', (_, offset, early) => {
  const row = boardRow({ notBeforeMs: END, notAfterMs: END + 4 * DAY_MS });
  const evidence = inventoryEvidence([row], END + offset);
  expect(evidence['not-yet-valid']?.has('apiserver')).toBe(early);
  expect(evidence.valid?.has('apiserver')).toBe(!early);
});

test('an overdue renewal counts as stalled, and a renewal that a revocation prevents counts as refused', () => {
  const notBeforeMs = END - 4 * DAY_MS;
  const stalled = boardRow({ notBeforeMs, notAfterMs: END, firstReadMs: notBeforeMs, confirmedMs: END - 9 * HOUR_MS });
  const refusal: RenewalRefusal = {
    name: 'r',
    namespace: 'kube-system',
    path: 'r.yaml',
    isAlone: true,
    kind: 'Group',
    value: 'system:nodes',
  };
  const refused = boardRow({
    name: 'node',
    role: 'kubelet-client',
    notBeforeMs: END - 10 * HOUR_MS,
    notAfterMs: END + DAY_MS,
    refusals: [refusal],
  });
  const evidence = inventoryEvidence([stalled, refused], END - 9 * HOUR_MS);
  expect(evidence.stalled).toEqual(new Set(['apiserver']));
  expect(evidence.refused).toEqual(new Set(['kubelet-client']));
  const until = { ...refused, refusals: [{ ...refusal, untilMs: END - HOUR_MS }] };
  expect(inventoryEvidence([until], END - HOUR_MS).refused).toEqual(new Set());
  expect(inventoryEvidence([until], END - HOUR_MS - 1).refused?.size).toBe(1);
});

test('a credential of the cloud agent concerns all clusters, or only the one in its name', () => {
  const place = (name: string, kind: ClusterPlace['kind']): ClusterPlace => ({ id: name as ClusterId, name, kind });
  const clusters = [place('ca-1', 'moc'), place('east', 'kubernetes'), place('west', 'kubernetes')];
  const row = (cluster: string, name: string): BoardRow => boardRow({ cluster, name });
  const rows = [
    row('east', 'kube-apiserver'),
    row('west', 'kubernetes-admin'),
    row('ca-1', 'KMSPlugin-east-moc-kms-plugin'),
    row('ca-1', 'KMSPlugin-West-moc-kms-plugin'),
    row('ca-1', 'kvactl-admin'),
  ];
  const [agent, east] = clusters;
  const listNames = (cluster: ClusterPlace | undefined): string[] =>
    groupRows(rows, listDeployments(clusters, {}))(cluster?.id ?? ('' as ClusterId)).map(({ name }) => name);
  expect(listNames(east)).toEqual(['kube-apiserver', 'KMSPlugin-east-moc-kms-plugin', 'kvactl-admin']);
  expect(listNames(agent)).toHaveLength(3);
});
