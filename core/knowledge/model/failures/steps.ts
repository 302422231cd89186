import type { Citation, Statement } from '../../../shared/citation.ts';
import { CHECKS } from '../checks.ts';
import type { FailureId, StepRow } from '../failure.ts';
import {
  CLOUD_REPAIR,
  DELETE_KVACTL_FILE,
  HOST_REPAIR,
  KMS_MANAGEMENT,
  KMS_WORKLOAD,
  KUBELET_REPAIR,
  MOC_LOGIN,
  MOC_LOGIN_FIRST,
  NEW_CREDENTIAL,
  NEW_CREDENTIAL_AFTER_REPAIR,
  REPAIR_MOC,
  type Remedy,
} from '../credentials/roles-remedies.ts';
import { KVACTL_FILE } from '../step.ts';
import { citeText, type Sources } from '../sources/sources.ts';

/* Keys of statements: `remedy.<…>`, shared with the credential catalogue, or `repair.step.<…>`. */

type StepFacts = Partial<StepRow> & Pick<StepRow, 'statement'>;

export function step(id: string, facts: StepFacts): StepRow {
  return { id, place: 'host', risk: 'low', needsApiServer: false, expected: 'no-error', ...facts };
}

export function remedyStep(id: string, remedy: Remedy, facts: Partial<StepRow> = {}): StepRow {
  return step(id, { ...remedy, ...facts });
}

export function stepStatement(name: string, ...citations: Sources): Statement {
  return citeText(`repair.step.${name}`, ...citations);
}

export const ON_WORKSTATION = { place: 'workstation', needsApiServer: true } as const;

export const SCP = 'scp -i (Get-MocConfig).sshPrivateKey';

export const HOST_STEP = remedyStep('host', HOST_REPAIR, {
  needsApiServer: true,
  precondition: 'new-window',
  check: 'kvactl',
});

export const KUBELET_STEP = remedyStep('kubelet', KUBELET_REPAIR, {
  check: 'control-plane-end',
  precondition: 'mocctl-works',
});

export const CLOUD_STEP = remedyStep('cloud', CLOUD_REPAIR, {
  needsApiServer: true,
  precondition: 'mocctl-works',
  check: 'kms-log',
});

export const CREDENTIAL_STEP = remedyStep('credential', NEW_CREDENTIAL, {
  expected: 'kubectl-answers',
  check: 'api-server',
  // The cmdlet replaces kubectl's default file.
  backup: {
    command: `Copy-Item "$env:UserProfile\\.kube\\config" ("$env:UserProfile\\.kube\\config.before-" + '<cluster>')`,
    text: 'kubeconfig',
  },
});

const OWN_FOLDER = '(Join-Path $HOME <kubeconfig-folder>)';

/**
 * Creates the kubeconfig of one of several clusters in its own folder. The cmdlet creates one of two files in the empty
 * folder, or replaces the folder with a file; the path in `nodes` finds any of them.
 */
export const OWN_CREDENTIAL = {
  command: `${NEW_CREDENTIAL.command} -configPath ${OWN_FOLDER}`,
  backup: { command: `New-Item -ItemType Directory -Path ${OWN_FOLDER}`, text: 'repair.fact.own-folder.title' },
  /** `kubectl get nodes` with the new kubeconfig. */
  nodes: `kubectl --kubeconfig (Get-ChildItem -LiteralPath ${OWN_FOLDER} -File).FullName get nodes`,
} as const;
export const CREDENTIAL_AFTER_STEP: StepRow = { ...CREDENTIAL_STEP, statement: NEW_CREDENTIAL_AFTER_REPAIR.statement };

export const MOC_LOGIN_STEP = remedyStep('moc-login', MOC_LOGIN, { expected: 'moc-answers', check: 'moc-node' });
export const MOC_LOGIN_FIRST_STEP: StepRow = { ...MOC_LOGIN_STEP, statement: MOC_LOGIN_FIRST.statement };

export const REPAIR_MOC_STEP = remedyStep('repair-moc', REPAIR_MOC, {
  risk: 'disruptive',
  precondition: 'vms-may-restart',
  expected: 'agent-running',
  check: 'node-agent',
});

export const DELETE_KVACTL_STEP = remedyStep('delete-kvactl-file', DELETE_KVACTL_FILE, {
  action: 'delete-kvactl-file',
  expected: 'file-gone',
  check: 'kvactl-file',
  backup: { command: `Copy-Item "${KVACTL_FILE}" "${KVACTL_FILE}.backup"`, text: 'kvactl-file' },
  undo: { command: `Copy-Item "${KVACTL_FILE}.backup" "${KVACTL_FILE}"`, text: 'kvactl-file' },
});

/** For the management cluster while its API server still answers. */
export const KMS_MANAGEMENT_STEP = remedyStep('kms-management', KMS_MANAGEMENT, {
  needsApiServer: true,
  expected: 'kms-quiet',
  only: 'management',
  precondition: 'new-window',
  check: 'management-kms-log',
});
/** For a workload cluster while its API server still answers. */
export const KMS_WORKLOAD_STEP = remedyStep('kms-workload', KMS_WORKLOAD, {
  needsApiServer: true,
  expected: 'kms-quiet',
  only: 'workload',
  check: 'kms-log',
});

export function retryStep(citation: Citation): StepRow {
  return step('again', { risk: 'none', statement: stepStatement('again', citation), expected: 'works-now' });
}

/** Returns a step that, in the case `only`, continues with the remedy of another failure. */
export function goOn(continues: FailureId, only: string, citation: Citation): StepRow {
  return step(`go-on-${continues}`, {
    risk: 'none',
    only,
    continues,
    statement: { ...stepStatement('go-on', citation), params: { failure: continues } },
    expected: 'other-remedy',
  });
}

export function lookStep(id: string, command: string, facts: StepFacts & Pick<StepRow, 'expected'>): StepRow {
  return step(id, { command, risk: 'none', ...facts });
}

export function machinesStep(statement: Statement): StepRow {
  return lookStep('address', CHECKS['vm-names'].command, { action: 'list-machines', statement, expected: 'address' });
}

/** Returns a step that finds the KMS plugin's container, running or not; each control-plane machine has its own. */
export function kmsContainerStep(id: string, facts: Pick<StepRow, 'statement' | 'expected'>): StepRow {
  return lookStep(id, CHECKS['kms-container'].command, {
    place: 'every-control-plane',
    action: 'find-kms-container',
    ...facts,
  });
}
