import type { FailureRow } from '../../failure.ts';
import { citeText } from '../../sources/sources.ts';
import { KNOWN_BILLING, KNOWN_OUT_OF_POLICY } from '../../sources/sources-repair.ts';
import { ON_HOST, stepStatement } from '../steps.ts';

export const F27: FailureRow = {
  kind: 'not-a-certificate',
  published: ["Waiting for deployment 'AksHci Billing Operator' to be ready", 'billing OutofPolicy'],
  texts: [
    { id: 'waiting', phrases: ["Waiting for deployment 'AksHci Billing Operator' to be ready"], weight: 0.95 },
    { id: 'policy', phrases: ['billing', 'OutofPolicy'], gap: 60, weight: 0.85 },
    { id: 'policy-cmdlet', phrases: ['AksHciBilling', 'OutofPolicy'], gap: 400, weight: 0.85 },
    { id: 'policy-before', phrases: ['OutofPolicy', 'billing'], gap: 60, weight: 0.6 },
    // Other products also have a billing policy.
    { id: 'policy-bare', phrases: ['OutofPolicy'], weight: 0.15 },
    { id: 'status', phrases: ['Failed to get billing status'], weight: 0.35 },
    { id: 'status-japanese', phrases: ['請求の状態の取得に失敗しました'], weight: 0.35 },
  ],
  supports: [],
  lookAlikes: { F17: 'billing' },
  confirm: 'billing',
  cause: [KNOWN_OUT_OF_POLICY, KNOWN_BILLING],
  steps: [
    {
      id: 'sync',
      ...ON_HOST,
      risk: 'low',
      command: 'Sync-AksHciBilling',
      check: 'billing',
      statement: stepStatement('sync-billing', KNOWN_BILLING),
      precondition: 'repair.precondition.new-window',
      expected: 'repair.expected.billing',
    },
    {
      id: 'memory',
      ...ON_HOST,
      risk: 'disruptive',
      only: 'repair.only.memory',
      statement: stepStatement('more-memory', KNOWN_BILLING),
      expected: 'repair.expected.update-goes-on',
    },
    {
      id: 'reinstall',
      ...ON_HOST,
      risk: 'dangerous',
      only: 'repair.only.still-out-of-policy',
      statement: stepStatement('reinstall', KNOWN_OUT_OF_POLICY),
      expected: 'repair.expected.update-goes-on',
    },
  ],
  takes: citeText('failure.takes.billing', KNOWN_BILLING),
  look: [KNOWN_OUT_OF_POLICY, KNOWN_BILLING],
  citations: [KNOWN_BILLING, KNOWN_OUT_OF_POLICY],
};
