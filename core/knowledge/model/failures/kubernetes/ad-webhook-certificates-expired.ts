import type { FailureRow } from '../../failure.ts';
import { INSTALL_AD_AUTH, UNINSTALL_AD_AUTH } from '../../credentials/roles-remedies.ts';
import { AD_SSO } from '../../sources/sources.ts';
import { EXPECTED_NO_ERROR, ON_HOST, remedyStep } from '../steps.ts';

export const F30: FailureRow = {
  kind: 'certificate',
  published: ['ad-auth-webhook logs certificate validation errors'],
  texts: [
    { id: 'prose', phrases: ['ad-auth-webhook', 'certificate validation error'], weight: 0.9 },
    { id: 'x509', phrases: ['ad-auth-webhook', 'x509:'], gap: 300, weight: 0.85 },
    {
      id: 'x509-expired',
      phrases: ['ad-auth-webhook', 'x509: certificate has expired or is not yet valid'],
      gap: 300,
      weight: 0.9,
    },
    { id: 'expired', phrases: ['ad-auth-webhook', 'certificate has expired'], gap: 300, weight: 0.5 },
  ],
  supports: [
    { id: 'webhook-expired', roles: ['ad-auth-webhook'], state: 'expired', weight: 0.7 },
    { id: 'webhook-valid', roles: ['ad-auth-webhook'], state: 'valid', weight: -0.5 },
  ],
  lookAlikes: {},
  confirm: 'ad-webhook-log',
  cause: [AD_SSO],
  steps: [
    remedyStep('uninstall', UNINSTALL_AD_AUTH, {
      ...ON_HOST,
      needsApiServer: true,
      risk: 'disruptive',
      expected: EXPECTED_NO_ERROR,
    }),
    remedyStep('install', INSTALL_AD_AUTH, {
      ...ON_HOST,
      needsApiServer: true,
      risk: 'low',
      expected: 'repair.expected.webhook',
      precondition: 'repair.precondition.keytab',
      check: 'ad-webhook-log',
    }),
  ],
  citations: [AD_SSO],
};
