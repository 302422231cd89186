import type { Finding } from '../../shared/finding.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { bootstrapTokenParts } from '../../formats/kubernetes/bootstrap-token-secret.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { bootstrapKubeconfig } from '../../pki/issue/bootstrap.ts';
import type { IssuedCertificate } from '../../pki/issue/issue.ts';
import { isMade, type CertificateSummary, type CreationStep, type CreationVerdict } from './creation-plan.ts';
import type { AuthorityWish, BootstrapWish, CertificateWish, CreationSpec, KubeconfigWish } from './creation-spec.ts';
import { findPair, getPlace, readExistingText, type CreatePorts, type Folder, type FoundPair } from './found-files.ts';
import { judgeAuthority, judgeLeaf, type AuthorityVerdict } from './compare.ts';
import { findKubeconfig } from './kubeconfig-file.ts';
import { findServiceAccountKey, type ServiceAccountTask } from './service-account-file.ts';

/* These types contain one secret, the bootstrap token, so code outside this folder must not use them. */

export interface Task<Wish> {
  step: CreationStep;
  wish: Wish;
}

export interface AuthorityTask extends Task<AuthorityWish> {
  verdict: AuthorityVerdict;
  /** Every certificate in the file. A kubeconfig trusts these unless a new CA is made. */
  bundle: readonly IssuedCertificate[];
  isInterrupted: boolean;
}

export interface LeafTask extends Task<CertificateWish | KubeconfigWish> {
  authority: AuthorityTask;
  isInterrupted: boolean;
}

export interface BootstrapTask extends Task<BootstrapWish> {
  authority: AuthorityTask;
  token: { id: string; secret: string } | undefined;
}

export interface Survey {
  authorities: AuthorityTask[];
  serviceAccount: ServiceAccountTask[];
  leaves: LeafTask[];
  bootstrap: BootstrapTask[];
  findings: Finding[];
}

export async function inspectExisting(ports: CreatePorts, spec: CreationSpec, folder: string): Promise<Survey> {
  const at: Folder = { ports, folder };
  const survey: Survey = { authorities: [], serviceAccount: [], leaves: [], bootstrap: [], findings: [] };
  for (const wish of spec.authorities) survey.authorities.push(await authorityTask(at, wish));
  if (spec.serviceAccountKey !== undefined)
    survey.serviceAccount.push(await findServiceAccountKey(at, spec.serviceAccountKey));
  for (const wish of spec.certificates) {
    const found = await findPair(at, wish.pair);
    survey.leaves.push(leafTask(at, wish, { found, survey }));
  }
  for (const wish of spec.kubeconfigs) {
    const trusted = getAuthority(survey, wish.issuer).bundle;
    const { differs, ...found } = await findKubeconfig(at, wish, trusted);
    survey.leaves.push(leafTask(at, wish, { found, differs, survey }));
  }
  if (spec.bootstrap !== undefined) {
    const tokenPath = ports.files.join(ports.files.parentFolder(spec.path), spec.bootstrap.tokenFile);
    survey.bootstrap.push(await bootstrapTask(at, spec.bootstrap, { tokenPath, survey }));
  }
  return survey;
}

export function listSteps({ authorities, serviceAccount, leaves, bootstrap }: Survey): CreationStep[] {
  return [...authorities, ...serviceAccount, ...leaves, ...bootstrap].map(({ step }) => step);
}

async function authorityTask(at: Folder, wish: AuthorityWish): Promise<AuthorityTask> {
  const found = await findPair(at, wish.pair);
  const verdict = judgeAuthority(found, wish, at.ports.clock.now());
  const { certificates } = found;
  const bundle = certificates.state === 'read' ? certificates.certificates : [];
  const step: CreationStep = {
    kind: 'authority',
    profile: wish.profile,
    ...pairFiles(at, wish.pair),
    action: verdict.action,
    reason: verdict.reason,
    fields: verdict.fields,
    present: summariseCertificate(at.ports, verdict.certificate ?? bundle[0]),
  };
  return { step, wish, verdict, bundle, isInterrupted: found.isInterrupted };
}

function leafTask(
  at: Folder,
  wish: LeafTask['wish'],
  { found, differs, survey }: { found: FoundPair; differs?: CreationStep['fields']; survey: Survey },
): LeafTask {
  const authority = getAuthority(survey, wish.issuer);
  const verdict = judgeLeaf(at.ports, {
    found,
    wish,
    differs,
    authority: authority.verdict,
    now: at.ports.clock.now(),
  });
  const { certificates } = found;
  const step: CreationStep = {
    kind: 'pair' in wish ? 'certificate' : 'kubeconfig',
    profile: wish.profile,
    ...('pair' in wish ? pairFiles(at, wish.pair) : oneFile(at, wish.file)),
    ...verdict,
    issuer: authority.step.path,
    present: summariseCertificate(at.ports, certificates.state === 'read' ? certificates.certificates[0] : undefined),
  };
  return { step, wish, authority, isInterrupted: found.isInterrupted };
}

function getAuthority({ authorities }: Survey, profile: string): AuthorityTask {
  const task = authorities.find(({ wish }) => wish.profile === profile);
  if (task === undefined) throw new Error(`a specification without the CA of its certificates`);
  return task;
}

async function bootstrapTask(
  at: Folder,
  wish: BootstrapWish,
  { tokenPath, survey }: { tokenPath: string; survey: Survey },
): Promise<BootstrapTask> {
  const authority = getAuthority(survey, 'cluster-ca');
  const token = await readToken(at.ports, tokenPath, survey.findings);
  const task: Omit<BootstrapTask, 'step'> = { wish, authority, token };
  const present = await readExistingText(at.ports, getPlace(at, wish.file));
  const step: CreationStep = {
    kind: 'bootstrap-kubeconfig',
    ...oneFile(at, wish.file),
    ...bootstrapState(task, present),
    issuer: authority.step.path,
  };
  return { ...task, step };
}

/** Compares the whole text, since the specification determines all of it. */
function bootstrapState(
  { wish, authority, token }: Omit<BootstrapTask, 'step'>,
  present: string | undefined,
): CreationVerdict {
  const { verdict, bundle } = authority;
  const willBeNew = isMade(verdict.action);
  const expected = token && bootstrapText(wish, token, bundle);
  if (present !== undefined && present === expected && !willBeNew) return { action: 'keep', reason: 'matches' };
  const reason = present === undefined ? 'missing' : willBeNew ? 'issuer-changed' : 'does-not-match';
  if (token === undefined || (bundle.length === 0 && !willBeNew)) return { action: 'blocked', reason };
  return { action: present === undefined ? 'create' : 'remake', reason };
}

export function bootstrapText(
  { clusterName, server }: BootstrapWish,
  token: { id: string; secret: string },
  trusted: readonly Pick<IssuedCertificate, 'der'>[],
): string {
  return bootstrapKubeconfig(token, { clusterName, server, certificateAuthorityPem: encodePems(trusted) });
}

export function encodePems(certificates: readonly Pick<IssuedCertificate, 'der'>[]): string {
  return certificates.map(({ der }) => encodePem('CERTIFICATE', der)).join('');
}

async function readToken(ports: CreatePorts, path: string, findings: Finding[]): Promise<BootstrapTask['token']> {
  const text = await readExistingText(ports, path).catch((error: unknown) => {
    if (error instanceof ConsoleError && error.code === 'file.too-large') return '';
    throw error;
  });
  const token = text === undefined ? undefined : bootstrapTokenParts(text.trim());
  if (token !== undefined) return token;
  const rule = text === undefined ? 'create.token-file-missing' : 'create.token-file-malformed';
  findings.push({ rule, severity: 'error', place: { path } });
  return undefined;
}

function pairFiles(at: Folder, pair: string): Pick<CreationStep, 'path' | 'files'> {
  const path = getPlace(at, `${pair}.crt`);
  return { path, files: [getPlace(at, `${pair}.key`), path] };
}

function oneFile(at: Folder, file: string): Pick<CreationStep, 'path' | 'files'> {
  const path = getPlace(at, file);
  return { path, files: [path] };
}

export function summariseCertificate(
  { crypto }: Pick<CreatePorts, 'crypto'>,
  certificate: IssuedCertificate | undefined,
): CertificateSummary | undefined {
  if (certificate === undefined) return undefined;
  const { der, facts } = certificate;
  return {
    subject: facts.subject.text,
    serialHex: facts.serialHex,
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    sha256: crypto.sha256Hex(der),
  };
}
