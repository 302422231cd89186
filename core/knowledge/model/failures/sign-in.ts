import { INSTALL_AD_AUTH, UNINSTALL_AD_AUTH } from '../credentials/roles-remedies.ts';
import type { FailureRow } from '../failure.ts';
import { KNOWN_AZURE_LOGIN, KNOWN_ISSUES, reference } from '../sources/sources-repair.ts';
import { AD_SSO } from '../sources/sources.ts';
import { roleSign, sign } from './signs.ts';
import { remedyStep, retryStep, step, stepStatement } from './steps.ts';

/** The client secret of Azure Arc has expired. */
export const F28: FailureRow = {
  kind: 'not-a-certificate',
  published: ['invalid_client. The provided client secret keys are expired', 'AADSTS7000222'],
  texts: [
    sign('secret', 0.93, ['provided client secret keys', 'are expired'], { gap: 60 }),
    sign('code', 0.93, ['AADSTS7000222']),
  ],
  cause: [KNOWN_ISSUES],
  steps: [
    step('secret', { place: 'workstation', statement: stepStatement('new-secret', KNOWN_ISSUES), expected: 'secret' }),
    step('connect', {
      needsApiServer: true,
      command: 'Enable-AksHciArcConnection -name <cluster> -credential (Get-Credential)',
      statement: stepStatement('arc-connect', KNOWN_ISSUES, reference('Enable-AksHciArcConnection')),
      expected: 'connected',
    }),
  ],
};

const NOT_CONNECTED = "Connection to Azure failed. Please run 'Set-AksHciRegistration' and try again";

/** The Azure sign-in has expired. */
export const F29: FailureRow = {
  kind: 'not-a-certificate',
  published: [NOT_CONNECTED],
  texts: [sign('login', 0.95, [NOT_CONNECTED]), sign('login-cut', 0.45, ['Connection to Azure failed'])],
  cause: [KNOWN_AZURE_LOGIN],
  steps: [
    step('register', {
      command: 'Set-AksHciRegistration -subscriptionId <subscription> -resourceGroupName <resource-group>',
      statement: stepStatement('register', KNOWN_AZURE_LOGIN),
    }),
    retryStep(KNOWN_AZURE_LOGIN),
  ],
};

/** The certificates of the AD webhook have expired. */
export const F30: FailureRow = {
  published: ['ad-auth-webhook logs certificate validation errors'],
  texts: [
    sign('prose', 0.9, ['ad-auth-webhook', 'certificate validation error']),
    sign('x509', 0.85, ['ad-auth-webhook', 'x509:'], { gap: 300 }),
    sign('x509-expired', 0.9, ['ad-auth-webhook', 'x509: certificate has expired or is not yet valid'], { gap: 300 }),
    sign('expired', 0.5, ['ad-auth-webhook', 'certificate has expired'], { gap: 300 }),
  ],
  supports: [
    roleSign('webhook-expired', 0.7, 'expired', 'ad-auth-webhook'),
    roleSign('webhook-valid', -0.5, 'valid', 'ad-auth-webhook'),
  ],
  confirm: 'ad-webhook-log',
  cause: [AD_SSO],
  steps: [
    remedyStep('uninstall', UNINSTALL_AD_AUTH, { needsApiServer: true, risk: 'disruptive' }),
    remedyStep('install', INSTALL_AD_AUTH, {
      needsApiServer: true,
      expected: 'webhook',
      precondition: 'keytab',
      check: 'ad-webhook-log',
    }),
  ],
};
