import type { FailureRow } from '../../failure.ts';
import { ISSUE_168, KNOWN_MOCCTL } from '../../sources/sources.ts';
import { retryStep, MOC_LOGIN_STEP } from '../steps.ts';

export const F04: FailureRow = {
  kind: 'certificate',
  published: [
    '[Error: Certificate has expired: Expired]',
    'System.Collections.Hashtable.generic_non_zero 1 [Error: Certificate has expired: Expired]',
  ],
  texts: [
    { id: 'error', phrases: ['Error: Certificate has expired: Expired'], weight: 0.9 },
    { id: 'bare', phrases: ['Certificate has expired: Expired'], weight: 0.5 },
    { id: 'unreachable', phrases: ['MOC is unreachable'], weight: 0.3 },
    { id: 'agent-unreachable', phrases: ['CloudAgent is unreachable'], weight: 0.3 },
    // The modules print this on Japanese Windows.
    { id: 'unreachable-japanese', phrases: ['MOC に到達できません'], weight: 0.3 },
    { id: 'agent-unreachable-japanese', phrases: ['CloudAgent に到達できません'], weight: 0.3 },
    { id: 'japanese', phrases: ['mocctl', '証明書', '有効期限'], gap: 30, weight: 0.6 },
    { id: 'mocctl', phrases: ['mocctl', 'Certificate has expired: Expired'], gap: 400, weight: 0.6 },
  ],
  supports: [
    { id: 'mocctl-fails', answer: { field: 'found', of: 'mocctl', is: 'fails' }, weight: 0.35 },
    { id: 'mocctl-works', answer: { field: 'found', of: 'mocctl', is: 'works' }, weight: -0.8 },
    { id: 'mocctl-expired', roles: ['mocctl'], state: 'expired', weight: 0.7 },
    { id: 'mocctl-valid', roles: ['mocctl'], state: 'valid', weight: -0.4 },
  ],
  lookAlikes: { F05: 'moc-node', F06: 'moc-node', F25: 'moc-node', F31: 'moc-node', F32: 'moc-node' },
  confirm: 'moc-node',
  cause: [KNOWN_MOCCTL, ISSUE_168],
  steps: [MOC_LOGIN_STEP, retryStep(ISSUE_168)],
  contradictions: ['moc-validity'],
  citations: [ISSUE_168, KNOWN_MOCCTL],
};
