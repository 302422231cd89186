import { expect, test } from 'vitest';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { repairDiagnosis } from '../../../core/repair/model/request.ts';
import { planRepair } from '../../../core/repair/service.ts';
import { CATALOGUES } from '../../support/catalogues.ts';
import {
  credential,
  DEPOT,
  healthy,
  makePlan,
  stepCommand,
  mergeRows,
  AGENT,
  MANAGEMENT,
  NOW,
  YARD,
} from './fleet-by-hand.ts';

test.each(['cluster-ca', 'etcd-ca', 'front-proxy-ca'] as const)(
  'a cluster whose %s has expired is backed up and rebuilt, without other attempts to repair it',
  (role) => {
    const leaves = (['apiserver', 'kubelet-client', 'admin-kubeconfig', 'kms-plugin-token'] as const).map((each) =>
      credential(DEPOT, each, -2),
    );
    const rows = mergeRows(
      healthy(DEPOT, YARD),
      credential(DEPOT, role, -2),
      ...leaves,
      credential(YARD, 'apiserver', -2),
    );
    const { steps } = makePlan({ places: [AGENT, MANAGEMENT, DEPOT, YARD], rows });
    const own = steps.filter(({ cluster }) => cluster === 'depot');
    expect(own.map(({ id, risk }) => [id, risk])).toEqual([
      ['rebuild-save-depot', 'none'],
      ['rebuild-data-depot', 'none'],
      ['rebuild-depot', 'dangerous'],
    ]);
    const save = 'kubectl get "all,configmaps,ingresses,persistentvolumeclaims" --all-namespaces -o yaml';
    expect(own.map(stepCommand)).toEqual([save, '-', '-']);
    for (const { title, why } of own) {
      expect([...title.citations, ...why.citations].map(({ certainty }) => certainty)).toEqual([
        'inferred',
        'inferred',
      ]);
      for (const catalogue of Object.values(CATALOGUES)) expect(catalogue).toHaveProperty([title.text]);
    }
    // The other cluster is repaired as usual.
    expect(steps.filter(({ cluster }) => cluster === 'yard').map(stepCommand)).toContain(
      'Update-AksHciClusterCertificates -name yard -fixKubeletCredentials',
    );
  },
);

test('a cluster with a valid root CA is not rebuilt', () => {
  const rows = mergeRows(healthy(DEPOT), credential(DEPOT, 'cluster-ca', 3000), credential(DEPOT, 'apiserver', -2));
  expect(
    makePlan({ rows })
      .steps.map(({ id }) => id)
      .filter((id) => id.startsWith('rebuild')),
  ).toEqual([]);
});

test('the title of a rebuild does not name a failure that the plan does not treat', () => {
  const rows = mergeRows(healthy(DEPOT), credential(DEPOT, 'cluster-ca', -2), credential(DEPOT, 'apiserver', -2));
  const source = { now: NOW, clusters: [AGENT, MANAGEMENT, DEPOT], rows, facts: {}, classes: LIFETIME_CLASSES };
  const choice = { clusters: [DEPOT.id], failures: [], texts: [], answers: {} };
  expect(repairDiagnosis(source, choice).causes.map(({ failure }) => failure)).toContain('F01');
  expect(planRepair(source, choice).causes).toEqual([]);
});
