import type { CheckId } from '../checks.ts';
import type { Failure, FailureId, FailureRow } from '../failure.ts';
import { citeText } from '../sources/sources.ts';
import { F01 } from './kubernetes/control-plane-expired.ts';
import { F02 } from './kubernetes/control-plane-repair-without-effect.ts';
import { F03 } from './kubernetes/server-error-after-days-off.ts';
import { F04 } from './moc/mocctl-certificate-expired.ts';
import { F05 } from './moc/kvactl-certificate-expired.ts';
import { F06 } from './moc/kvactl-token-expired.ts';
import { F07 } from './kubernetes/kms-token-expired.ts';
import { F08 } from './kubernetes/kms-deadlock.ts';
import { F09 } from './kubernetes/kms-socket-missing.ts';
import { F10 } from './kubernetes/management-kubeconfig-expired.ts';
import { F11 } from './kubernetes/workload-kubeconfig-expired.ts';
import { F12 } from './moc/cloud-agent-not-trusted.ts';
import { F13 } from './kubernetes/kubeconfig-of-another-cluster.ts';
import { F14 } from './moc/node-agent-stuck-starting.ts';
import { F15 } from './moc/no-nodes-tokens-expired.ts';
import { F16 } from './other/no-nodes-out-of-capacity.ts';
import { F17 } from './moc/update-hangs-caph-login.ts';
import { F18 } from './kubernetes/renewal-pod-crash-loop.ts';
import { F19 } from './kubernetes/kubelet-serving-certificate-missing.ts';
import { F20 } from './kubernetes/api-server-uses-old-kubelet-client.ts';
import { F21 } from './moc/not-updated-60-days.ts';
import { F22 } from './moc/off-30-days.ts';
import { F23 } from './other/module-and-kvactl-differ.ts';
import { F24 } from './other/kube-folder-missing.ts';
import { F25 } from './moc/mocctl-access-file-missing.ts';
import { F26 } from './other/agents-down-after-failed-update.ts';
import { F27 } from './other/billing-out-of-policy.ts';
import { F28 } from './other/arc-client-secret-expired.ts';
import { F29 } from './other/azure-sign-in-expired.ts';
import { F30 } from './kubernetes/ad-webhook-certificates-expired.ts';
import { F31 } from './moc/moc-identity-revoked.ts';
import { F32 } from './moc/renewal-with-foreign-certificate.ts';
import { F33 } from './kubernetes/worker-node-replaced.ts';
import { F34 } from './kubernetes/revocation-catches-new-certificates.ts';
import { F35 } from './other/update-1-0-21-to-1-0-22.ts';
import { F36 } from './other/api-server-silent.ts';

/** To add a failure, add its file in a subfolder, its texts, and its name here. */
const ROWS: Readonly<Record<FailureId, FailureRow>> = {
  F01,
  F02,
  F03,
  F04,
  F05,
  F06,
  F07,
  F08,
  F09,
  F10,
  F11,
  F12,
  F13,
  F14,
  F15,
  F16,
  F17,
  F18,
  F19,
  F20,
  F21,
  F22,
  F23,
  F24,
  F25,
  F26,
  F27,
  F28,
  F29,
  F30,
  F31,
  F32,
  F33,
  F34,
  F35,
  F36,
};

/** Every failure, ordered by id. */
export const FAILURES: readonly Failure[] = (Object.keys(ROWS) as FailureId[]).map((id) =>
  createFailure(id, ROWS[id]!),
);

function createFailure(id: FailureId, { lookAlikes, cause, look, ...row }: FailureRow): Failure {
  return {
    ...row,
    id,
    lookAlikes: (Object.entries(lookAlikes) as [FailureId, CheckId][]).map(([other, check]) => ({
      id: other,
      apart: `failure.apart.${[id, other].sort().join('-')}`,
      check,
    })),
    cause: citeText(`failure.${id}.cause`, ...cause),
    ...(look !== undefined && { look: citeText(`failure.${id}.look`, ...look) }),
  };
}

const BY_ID = new Map<string, Failure>(FAILURES.map((failure) => [failure.id, failure]));

export function findFailure(id: FailureId): Failure | undefined {
  return BY_ID.get(id);
}
