import { expect, test } from 'vitest';
import { commandNamed } from '../../../../../core/knowledge/model/cmdlets/cmdlets.ts';
import { CERTIFICATE_RULES } from '../../../../../core/inventory/findings/certificate-findings.ts';
import { KNOWN_PLACES } from '../../../../../core/inventory/model/known-places.ts';
import { LIFETIME_CLASSES } from '../../../../../core/knowledge/model/credentials/lifetimes.ts';
import * as maintenance from '../../../../../core/maintenance/model/facts.ts';
import { OBSTACLES } from '../../../../../core/knowledge/model/obstacles.ts';
import { PROFILES } from '../../../../../core/pki/model/profiles.ts';
import { ROLES } from '../../../../../core/knowledge/model/credentials/roles.ts';
import { EXCLUDED_EARLIER, NODE_POOL_ENDS, SUPPORT_ENDS } from '../../../../../core/knowledge/model/support-end.ts';
import { REPAIR_FACTS, repairFact } from '../../../../../core/knowledge/model/repair-facts.ts';
import {
  PREFLIGHT_FACTS,
  preflightFact,
  UPDATE_FACTS,
  updateFact,
} from '../../../../../core/knowledge/model/update-facts.ts';
import type { ClusterId } from '../../../../../core/shared/ids.ts';
import {
  listCitations,
  FORECAST_EVENT_KINDS,
  type ForecastEvent,
} from '../../../../../core/forecast/model/forecast.ts';
import { LINT_RULES } from '../../../../../core/revocation/model/lint.ts';
import { YAML_SPECIFICATION } from '../../../../../core/knowledge/model/sources/sources-revocation.ts';
import { EXPOSURE_STATEMENTS } from '../../../../../core/revocation/impact/exposure.ts';
import { recoveryPlan } from '../../../../../core/revocation/recovery.ts';
import { NOW } from '../../../../support/known-certificates.ts';
import { isMessageKey } from '../../../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../../../support/catalogues.ts';
import { knowledgeCitations } from '../../../../support/knowledge.ts';
import { listSourced } from '../../../../support/profiles.ts';

const UPDATE_WORKS = [
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/update-akshci-host-powershell',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/upgrade',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/support-policies',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/system-requirements',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/backup-workload-cluster',
  'Kubernetes documentation, Version Skew Policy',
  'Azure/aksArc issue 234',
];
const UPDATE_PLACES = [
  'Overview of AKS host updates',
  'Update the PowerShell modules',
  'Update the AKS host',
  'Get the current AKS Arc version',
  'Get the available AKS Arc updates',
  'Verify the AKS host was updated',
  'Get available workload cluster updates',
  'Upgrade Kubernetes version of a workload cluster using PowerShell',
  'Update container OS version without updating Kubernetes',
  'Service updates and releases',
  'Supported version policy',
  'Minimum memory requirements',
  'Minimum IP address reservation',
  'Storage requirements',
  'During an upgrade, custom node taints, roles, and labels are lost',
  'After a successful upgrade, older versions of PowerShell are not removed',
  'Supported component upgrade order',
];

/** Titles of pages, and names of repositories and issues, which are the same in every language. */
const VERBATIM_WORKS = [
  ...UPDATE_WORKS,
  'Microsoft Learn, Overview of certificate management in AKS enabled by Azure Arc',
  'Microsoft Learn, Secure communication with certificates',
  'Microsoft Learn, Get-AksHciCredential',
  'Microsoft Learn, PowerShellGet 2.x, Update-Module',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/update-certificates',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/known-issues-security',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/known-issues-workload-clusters',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/known-issues-upgrade',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/ad-sso',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/aks-windows-server-retirement',
  'Kubernetes, PKI certificates and requirements',
  'Microsoft, [MS-TSCH] Task Scheduler Service Remoting Protocol',
  'MicrosoftDocs/azure-management-docs, azure-arc/agents-tools-foundry-local/prepare-aks-cluster',
  'Microsoft Learn, Register-ClusteredScheduledTask',
  'microsoft/moc',
  'microsoft/moc-sdk-for-go',
  'microsoft/cluster-api-provider-azurestackhci',
  'microsoft/AKS-HCI-Apps',
  'kubernetes/kubernetes',
  'Azure/aksArc issue 107',
  'Azure/aksArc issue 127',
  'Azure/aksArc issue 145',
  'Azure/aksArc issue 146',
  'Azure/aksArc issue 168',
  'Azure/aksArc issue 169',
  'Azure/aksArc issue 173',
  'Azure/aksArc issue 237',
  'Azure/aksArc issue 285',
  'Azure/aksArc issue 292',
  'Azure/aksArc issue 365',
  'Kubernetes documentation, Object Names and IDs',
  'Kubernetes documentation, Role Based Access Control Good Practices',
  'kubernetes/apimachinery',
  'YAML Ain’t Markup Language, version 1.2.2',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/known-issues-arc',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/known-issues-installation',
  'MicrosoftDocs/azure-stack-docs, AKS-Arc/reference/ps',
  'Microsoft Learn, Windows PowerShell 5.1 reference',
  'OpenSSH manual pages',
  'Windows Admin Center, Azure Kubernetes Service extension',
  'Windows Admin Center, Containers extension',
  'Azure/aksArc issue 152',
  'PowerShell Gallery, Moc and Kva',
  'Microsoft, AzStackHci EnvironmentChecker',
  'Kubernetes documentation, Debugging Kubernetes nodes with crictl',
  'Kubernetes documentation, kubectl reference',
  'kubernetes/kubernetes issue 114588',
  ...[43, 47, 57, 160, 204, 232, 233, 269, 371, 402].map((issue) => `Azure/aksArc issue ${issue}`),
  'Kubernetes documentation, kubeconfig (v1)',
  'NIST SP 800-131A, Revision 2',
  'NIST SP 800-57 Part 1, Revision 5',
  'RFC 5280',
];

/** Sections of known-issues pages, and titles of issues. */
const KNOWLEDGE_PLACES = [
  'Certificate renewal dependencies on cluster renewal',
  "AKS Arc goes out-of-policy if a workload cluster hasn't been created in 60 days",
  'Attempt to create new workload clusters failed because the AKS host was turned off for several days',
  'Authentication handshake failed: x509: certificate signed by unknown authority',
  'Certificate renewal dependencies on cluster shutdown',
  'Certificate renewal pod is in a crash loop state',
  "Connection to Azure failed. Please run 'Set-AksHciRegistration' and try again",
  'Failed to retrieve azure-arc-onboarding pods',
  'Get-AksHciCredential fails with "cannot find the path specified" error',
  'If a cluster is shut down for more than four days, the cluster will be unreachable',
  "If a management or workload cluster isn't used for more than 60 days, the certificates will expire",
  "Install-AksHci timed out with the error ''",
  "The API server isn't responsive after several days",
  'The certificate renewal pod is in a crash loop state',
  'Update of host OS HCI to HCIv2 breaks AKS on Azure Local installation: Cannot reach management cluster',
  'Update of host OS HCI to HCIv2 breaks AKS on Azure Local installation: OutOfCapacity',
  'Upgrade of target cluster gets stuck with one or more nodes in an old Kubernetes version',
  'When both MOC and AKS Kubernetes certificates are impacted',
  "When running Update-AksHci, the update process was stuck at 'Waiting for deployment 'AksHci Billing Operator' to be ready'",
  '[BUG] Cluster controlplane - certificate expired - Unable to connect to the server: x509:',
  '[BUG] Get-AksHciConfig and Install-AksHci cannot find cloudconfig in the remote host',
  '[BUG] Get-AksHciCredential fails with "cannot find the path specified" error',
  '[BUG] Listing or creating AKS clusters fails with certificate error for some users',
  'uninstall-akshci exception caught - unable to locate a valid cloudconfig access file',
];

/** Section titles, error texts and program names, as they appear in the work. */
const VERBATIM_PLACES = [
  'Test-AksHciInstallState',
  'Cloud agent',
  'Certificate types',
  'Certificates and CAs',
  'Certificate provisioning',
  'Certificate renewal and management',
  'Certificate revocation',
  'Certificate paths',
  'Configure certificates for user accounts',
  'Commands for fixing certificates',
  'certificate-renewal-controller, certificate-renewal-worker',
  'Certificate expired - Unable to connect to the server: x509',
  'Target cluster pod logs are not accessible - remote error: tls: internal error',
  'KMS pod fails and the KMS pod logs contain errors',
  '[Error: Certificate has expired: Expired]',
  'Delete KVA certificate if expired after 60 days',
  'the server has asked for the client to provide credentials',
  'You must be logged in to the server (Unauthorized)',
  'Troubleshoot certificates; Uninstall and reinstall AD authentication',
  'mocctl.exe security login',
  '2.5 XML Task Definition Format',
  'DNS Subdomain Names',
  'Least privilege',
  'pkg/api/validation/objectmeta.go, TotalAnnotationSizeLimitB',
  ...KNOWLEDGE_PLACES,
  ...UPDATE_PLACES,
  'All certificates',
  'certificate-authority-data',
  'section 4.1.2.2',
  'section 6.1.1 (d)',
  'section 6.1.3 (a)(2)',
  'section 5.6.1.1, table 2',
  'section 9',
];

/**
 * An event whose kind is replaced below. Its sources depend on its kind and role; those of roles are added separately.
 */
const NO_EVENT: ForecastEvent = {
  kind: 'renewal',
  atMs: 0,
  clusterId: '' as ClusterId,
  needsSomebody: false,
  certainty: 'inferred',
};

/** A plan that contains every step. */
const PLAN = recoveryPlan({
  entries: [
    { kind: 'Group', value: 'ops' },
    { kind: 'Group', value: 'ops', notBefore: NOW },
  ],
  now: NOW,
  file: 'r.yaml',
  undoFile: 'r.undo.yaml',
});

const CITATIONS = [
  ...[maintenance.WHY, maintenance.AGAIN, maintenance.HOW].flatMap((statements) =>
    Object.values(statements).flatMap(({ citations }) => citations),
  ),
  ...[
    maintenance.UPDATE_UNKNOWN,
    maintenance.ESTIMATED,
    maintenance.ACCOUNT,
    maintenance.SCHEDULED,
    maintenance.CLUSTERED,
  ].flatMap(({ citations }) => citations),
  ...Object.values(ROLES).flatMap(({ renewal, revocation, breaks, remedies }) =>
    [renewal, revocation, breaks, ...remedies.map(({ statement }) => statement)].flatMap(({ citations }) => citations),
  ),
  ...Object.values(LIFETIME_CLASSES).flatMap((lifetimeClass) => [
    ...lifetimeClass.usualCitations,
    ...lifetimeClass.renewalDue.citations,
    ...lifetimeClass.renewalOverdue.citations,
    ...lifetimeClass.urgent.citations,
  ]),
  ...Object.values(PROFILES)
    .flatMap(listSourced)
    .flatMap(([, { citations }]) => citations),
  ...[...SUPPORT_ENDS, ...NODE_POOL_ENDS, EXCLUDED_EARLIER].flatMap(({ citations }) => citations),
  ...FORECAST_EVENT_KINDS.flatMap((kind) => listCitations({ ...NO_EVENT, kind })),
  ...Object.values(OBSTACLES).flatMap(({ citations }) => citations),
  ...LINT_RULES.flatMap(({ citations }) => citations),
  ...EXPOSURE_STATEMENTS.flatMap(({ citations }) => citations),
  ...PLAN.steps.flatMap(({ why, undo }) => [...why.citations, ...(undo?.statement.citations ?? [])]),
  YAML_SPECIFICATION,
  ...knowledgeCitations(),
  ...UPDATE_FACTS.flatMap((id) => updateFact(id).citations),
  ...REPAIR_FACTS.flatMap((id) => repairFact(id).citations),
  ...PREFLIGHT_FACTS.flatMap((id) => preflightFact(id).citations),
  ...CERTIFICATE_RULES.map(({ citation }) => citation),
  ...KNOWN_PLACES.flatMap(({ citations }) => citations),
];
const WORKS = distinct(CITATIONS.map(({ work }) => work));
const PLACES = distinct(CITATIONS.flatMap(({ place }) => (place === undefined ? [] : [place])));

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function isOurs(text: string): boolean {
  return text.startsWith('source.');
}

test('every work or place in our own words is a key in the catalogue, and every such key is used', () => {
  const used = distinct([...WORKS, ...PLACES].filter(isOurs));
  expect(used.filter((key) => !isMessageKey(key))).toEqual([]);
  for (const catalogue of Object.values(CATALOGUES)) expect(Object.keys(catalogue).filter(isOurs).sort()).toEqual(used);
});

test('every other work and place is a name that is the same in every language', () => {
  expect(WORKS.filter((work) => !isOurs(work))).toEqual([...VERBATIM_WORKS].sort());
  // The reference has a page for each cmdlet, under the name of the cmdlet.
  const places = PLACES.filter((place) => !isOurs(place) && commandNamed(place) === undefined);
  expect(places).toEqual([...VERBATIM_PLACES].sort());
});

test('no name is also a key in the catalogue, since the text of the key would be shown instead', () => {
  expect([...VERBATIM_WORKS, ...VERBATIM_PLACES].filter(isMessageKey)).toEqual([]);
});

test('every work or place in our own words has a Japanese text', () => {
  const left = Object.entries(CATALOGUES.ja).filter(([key, text]) => isOurs(key) && !/[ぁ-んァ-ヶ一-龠]/u.test(text));
  expect(left).toEqual([]);
});

test('no text has a straight apostrophe or a brace, both of which ICU MessageFormat would interpret', () => {
  const texts = Object.values(CATALOGUES).flatMap((catalogue) => Object.entries(catalogue));
  expect(texts.filter(([key, text]) => isOurs(key) && /['{}]/u.test(text))).toEqual([]);
});
