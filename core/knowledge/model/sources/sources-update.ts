import { cite, inference, page } from './sources.ts';
import { upgrade } from './sources-repair.ts';

/* Sources about updates, in addition to those about credentials and failures. Places are verbatim section titles. */

const host = page('update-akshci-host-powershell');
export const HOST_OVERVIEW = host('Overview of AKS host updates');
export const HOST_MODULES = host('Update the PowerShell modules');
export const HOST_UPDATE = host('Update the AKS host');
export const HOST_VERSION = host('Get the current AKS Arc version');
export const HOST_UPDATES = host('Get the available AKS Arc updates');
export const HOST_VERIFY = host('Verify the AKS host was updated');

const cluster = page('upgrade');
export const CLUSTER_UPDATES = cluster('Get available workload cluster updates');
export const CLUSTER_UPDATE = cluster('Upgrade Kubernetes version of a workload cluster using PowerShell');
export const CLUSTER_SYSTEM = cluster('Update container OS version without updating Kubernetes');

const support = page('support-policies');
export const SERVICE_UPDATES = support('Service updates and releases');
export const SUPPORTED_VERSIONS = support('Supported version policy');

const requirements = page('system-requirements');
export const NEEDED_MEMORY = requirements('Minimum memory requirements');
export const NEEDED_ADDRESSES = requirements('Minimum IP address reservation');
export const NEEDED_STORAGE = requirements('Storage requirements');

export const KNOWN_TAINTS = upgrade('During an upgrade, custom node taints, roles, and labels are lost');
export const KNOWN_OLD_MODULES = upgrade('After a successful upgrade, older versions of PowerShell are not removed');

/** "kube-apiserver must not skip minor versions": the product's support policy follows this rule. */
export const SKEW_POLICY = cite(
  'documented',
  'Kubernetes documentation, Version Skew Policy',
  'Supported component upgrade order',
);

export const WORKLOAD_BACKUP = cite('documented', 'MicrosoftDocs/azure-stack-docs, AKS-Arc/backup-workload-cluster');

export const ISSUE_234 = cite('reported', 'Azure/aksArc issue 234');

export const REPAIR_BEFORE_UPDATE = inference('repair-before-update');
export const MODULE_AFTER_REPAIR = inference('module-after-repair');
export const RUN_LENGTH = inference('run-length');
export const NO_WAY_BACK = inference('no-way-back');
export const NODE_CHECK = inference('node-check');
export const SPACE_UNKNOWN = inference('space-unknown');
export const SAME_BUILD = inference('same-build');
export const SYSTEM_NAME = inference('system-name');
export const FETCH_AFTER_UPDATE = inference('fetch-after-update');
export const NEXT_END = inference('next-end');
