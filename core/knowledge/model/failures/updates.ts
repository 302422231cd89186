import type { FailureRow } from '../failure.ts';
import { ISSUE_145_TAGS, ISSUE_371, KNOWN_BILLING, KNOWN_OUT_OF_POLICY } from '../sources/sources-repair.ts';
import { citeText, ISSUE_107 } from '../sources/sources.ts';
import { roleSign, sign, TOKEN_REFUSED } from './signs.ts';
import { HOST_STEP, lookStep, retryStep, step, stepStatement } from './steps.ts';

/** An update hangs because CAPH cannot log in. */
export const F17: FailureRow = {
  published: [
    'ControlPlane machines are still upgrading...',
    'failed to create scope: rpc error: code = Unauthenticated desc = Valid Token Required.\\nfailed to create wssd session: login failed',
    'Update-AksHci hangs at ControlPlane machines are still upgrading...; CAPH log failed to create wssd session: login failed … Valid Token Required',
  ],
  texts: [
    sign('hangs', 0.75, ['ControlPlane machines are still upgrading']),
    sign('caph', 0.9, ['failed to create wssd session: login failed']),
    sign('token', 0.25, [TOKEN_REFUSED]),
    sign('scope', 0.7, ['failed to create scope', TOKEN_REFUSED]),
  ],
  supports: [
    { id: 'not-updated', answer: { field: 'daysSinceUpdate', atLeast: 42 }, weight: 0.1 },
    roleSign('caph-expired', 0.5, 'expired', 'caphlogintoken', 'caph'),
    roleSign('caph-valid', -0.4, 'valid', 'caphlogintoken'),
  ],
  confirm: 'build',
  cause: [ISSUE_107],
  steps: [HOST_STEP, retryStep(ISSUE_107)],
  builds: { from: '1.0.0.10517', until: '1.0.1.10628', statement: citeText('failure.builds.F17', ISSUE_107) },
};

/** The module and kvactl have different versions. */
export const F23: FailureRow = {
  kind: 'not-a-certificate',
  published: ['[Error: unknown flag: --tags]'],
  texts: [sign('flag', 0.95, ['unknown flag: --tags'])],
  confirm: 'module-versions',
  cause: [ISSUE_145_TAGS],
  steps: [
    step('close', {
      place: 'every-host',
      risk: 'none',
      statement: stepStatement('close-windows', ISSUE_145_TAGS),
      expected: 'windows-closed',
    }),
    step('update', {
      place: 'every-host',
      check: 'module-versions',
      command: 'Update-Module -Name AksHci -Force -AcceptLicense',
      statement: stepStatement('update-module', ISSUE_145_TAGS),
      expected: 'one-version',
    }),
    step('remove', {
      place: 'every-host',
      check: 'module-versions',
      command: 'Uninstall-Module -Name AksHci -RequiredVersion <module-version>',
      statement: stepStatement('remove-module', ISSUE_145_TAGS),
      expected: 'one-version',
    }),
    retryStep(ISSUE_145_TAGS),
  ],
};

const WAITING_FOR_BILLING = "Waiting for deployment 'AksHci Billing Operator' to be ready";

/** Billing is out of policy. */
export const F27: FailureRow = {
  kind: 'not-a-certificate',
  published: [WAITING_FOR_BILLING, 'billing OutofPolicy'],
  texts: [
    sign('waiting', 0.95, [WAITING_FOR_BILLING]),
    sign('policy', 0.85, ['billing', 'OutofPolicy'], { gap: 60 }),
    sign('policy-cmdlet', 0.85, ['AksHciBilling', 'OutofPolicy'], { gap: 400 }),
    sign('policy-before', 0.6, ['OutofPolicy', 'billing'], { gap: 60 }),
    // Other products also have a billing policy.
    sign('policy-bare', 0.15, ['OutofPolicy']),
    sign('status', 0.35, ['Failed to get billing status']),
    sign('status-japanese', 0.35, ['請求の状態の取得に失敗しました']),
  ],
  confirm: 'billing',
  cause: [KNOWN_OUT_OF_POLICY, KNOWN_BILLING],
  steps: [
    step('sync', {
      command: 'Sync-AksHciBilling',
      check: 'billing',
      statement: stepStatement('sync-billing', KNOWN_BILLING),
      precondition: 'new-window',
      expected: 'billing',
    }),
    step('memory', {
      risk: 'disruptive',
      only: 'memory',
      statement: stepStatement('more-memory', KNOWN_BILLING),
      expected: 'update-goes-on',
    }),
    step('reinstall', {
      risk: 'dangerous',
      only: 'still-out-of-policy',
      statement: stepStatement('reinstall', KNOWN_OUT_OF_POLICY),
      expected: 'update-goes-on',
    }),
  ],
  takes: citeText('failure.takes.billing', KNOWN_BILLING),
  citations: [KNOWN_BILLING, KNOWN_OUT_OF_POLICY],
};

const NO_KIND = 'no matches for kind "AksHciCluster"';

/** The update from 1.0.21 to 1.0.22 misses a resource. */
export const F35: FailureRow = {
  kind: 'not-a-certificate',
  published: [`${NO_KIND} in version "msft.microsoft/v1"`],
  texts: [sign('kind', 0.95, [`${NO_KIND} in version "msft.microsoft/v1"`]), sign('kind-cut', 0.7, [NO_KIND])],
  confirm: 'build',
  cause: [ISSUE_371],
  steps: [
    lookStep('logs', 'Get-AksHciLogs', {
      statement: stepStatement('collect-logs', ISSUE_371),
      expected: 'logs-collected',
    }),
    step('support', { risk: 'none', statement: stepStatement('support', ISSUE_371), expected: 'case' }),
  ],
  builds: { from: '1.0.21', until: '1.0.22', statement: citeText('failure.builds.F35', ISSUE_371) },
};
