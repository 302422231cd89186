import { expect, test } from 'vitest';
import type { BoardRow } from '../../../core/domain/board.ts';
import type { ClusterId } from '../../../core/domain/credential.ts';
import { deploymentsOf } from '../../../core/domain/deployment.ts';
import type { ClusterPlace } from '../../../core/domain/deployment.ts';
import { inventoryEvidence, rowsAbout } from '../../../core/domain/evidence.ts';
import { instant, msOf, SECOND_MS } from '../../../core/domain/instant.ts';
import { boardRow } from '../../support/board-rows.ts';

const END = msOf(instant('2026-11-24T12:00:00Z'));

test.each([
  ['a second before the end', -SECOND_MS, false],
  ['at the end', 0, false],
  ['a second after it', SECOND_MS, true],
])('%s a credential has expired: %s', (_, offset, expired) => {
  const evidence = inventoryEvidence([boardRow({ notAfterMs: END })], END + offset);
  expect(evidence.expired.has('apiserver')).toBe(expired);
  expect(evidence.valid.has('apiserver')).toBe(!expired);
});

test('of several credentials of a role one that has expired is enough', () => {
  const rows = [END, END + 10_000].map((notAfterMs, at) =>
    boardRow({ name: `api-${at}`, notAfterMs }),
  );
  const { expired, valid } = inventoryEvidence(rows, END + 5_000);
  expect([...expired]).toEqual(['apiserver']);
  expect([...valid]).toEqual([]);
});

test('a credential without a known end says nothing', () => {
  const { expired, valid } = inventoryEvidence([boardRow({ role: 'kvactl-token' })], END);
  expect(expired.size + valid.size).toBe(0);
});

test('what lies with the cloud agent counts to a cluster unless it names another one', () => {
  const place = (name: string, kind: ClusterPlace['kind']): ClusterPlace => ({
    id: name as ClusterId,
    name,
    kind,
  });
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
  const namesOf = (cluster: ClusterPlace | undefined): string[] =>
    rowsAbout({ id: cluster?.id ?? ('' as ClusterId) }, rows, deploymentsOf(clusters, {})).map(
      ({ name }) => name,
    );
  expect(namesOf(east)).toEqual([
    'kube-apiserver',
    'KMSPlugin-east-moc-kms-plugin',
    'kvactl-admin',
  ]);
  expect(namesOf(agent)).toHaveLength(3);
});
