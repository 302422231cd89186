import type { ApprovalContext, Judgement } from '../../pki/model/approval.ts';
import type { AuthorityEntry, AuthorityId } from '../../pki/model/authority.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { findSignerProfile, readCsrState, type CsrObject } from '../../shared/certificates/csr-object.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import { findRequest } from '../../formats/kubernetes/csr-object.ts';
import { judgeRequest, addCondition, addVerdict } from '../../pki/approve/approver.ts';
import { answerWith, signCsrObject } from '../../pki/approve/csr-signer.ts';
import type { IssuedCertificate, SigningAuthority } from '../../pki/issue/issue.ts';
import { certificateEntry } from '../../pki/issue/rotate-ca.ts';
import { signRequest } from '../../pki/issue/sign-request.ts';
import { signRequestOperation, type Issued } from './issue.ts';
import { openProfileSigner, addEntry, type Keeping } from './kept.ts';
import type { SingleRequest } from './request-files.ts';

export interface JudgedCsr {
  object: CsrObject;
  judgement: Judgement;
  /** The object with the decision in its conditions; unchanged if there is none. */
  answered: CsrObject;
}

export function judgeObjects(
  ports: Pick<Keeping['ports'], 'keys' | 'clock'>,
  objects: readonly CsrObject[],
  context: ApprovalContext,
): JudgedCsr[] {
  return objects.map((object) => {
    const judgement = judgeRequest(ports, { object, context });
    return { object, judgement, answered: addVerdict(object, judgement, ports.clock.now()) };
  });
}

export interface SignedObject {
  object: CsrObject;
  /** Absent for signers that the approver does not know. */
  judgement?: Judgement;
  /** The object with its certificate, or only with the decision. */
  answered: CsrObject;
  entry?: AuthorityEntry;
  refusal?: ConsoleError;
}

interface SignObjects {
  authorityId: AuthorityId;
  objects: readonly CsrObject[];
  /** For signers other than those of kubelets. */
  profile: ProfileId;
  /** Names allowed in addition to those of the profile. */
  allowed?: readonly string[] | undefined;
  context: ApprovalContext;
}

/**
 * Signs objects one by one, so that one failure does not stop the others. A kubelet's object must be approved, now or
 * earlier; other objects are signed with `profile`, since an admin requests it.
 */
export function signObjectsOperation(keeping: Keeping, request: SignObjects): Promise<SignedObject[]> {
  return keeping.store.runInTurn(request.authorityId, async () => {
    const signed: SignedObject[] = [];
    for (const object of request.objects) signed.push(await signOne(keeping, request, object));
    return signed;
  });
}

/** Without known nodes, a kubelet's object must already be approved. */
const NO_NODES: ApprovalContext = { nodes: [], longestSeconds: 0 };

export async function signFileOperation(
  keeping: Keeping,
  request: Pick<SignObjects, 'authorityId' | 'profile'>,
  file: SingleRequest,
): Promise<Issued> {
  if (file.kind === 'request') return signRequestOperation(keeping, { ...request, der: file.der });
  const { object } = file;
  const [signed] = await signObjectsOperation(keeping, { ...request, objects: [object], context: NO_NODES });
  if (signed?.refusal !== undefined) throw signed.refusal;
  if (signed?.entry === undefined)
    throw new ConsoleError('csr.not-approved', { name: object.name, state: readCsrState(object) });
  return { authority: keeping.store.get(request.authorityId), entry: signed.entry };
}

async function signOne(keeping: Keeping, request: SignObjects, object: CsrObject): Promise<SignedObject> {
  const kubelet = findSignerProfile(object);
  const judged = kubelet && judgeObjects(keeping.ports, [object], request.context)[0];
  const outcome: SignedObject = { object, answered: judged?.answered ?? object, judgement: judged?.judgement };
  if (kubelet !== undefined && readCsrState(outcome.answered) !== 'approved') return outcome;
  const profile = kubelet ?? request.profile;
  const authority = keeping.store.get(request.authorityId);
  const { ca, signer } = await openProfileSigner(keeping, authority, PROFILES[profile]);
  try {
    const made =
      kubelet === undefined
        ? signByProfile(keeping, object, { profile, authority: signer, allowed: request.allowed })
        : signCsrObject(keeping.ports, { object: outcome.answered, authority: signer });
    const entry = certificateEntry(keeping.ports, made.issued, { profile, issuer: ca.id, keyFile: null });
    await addEntry(keeping, request.authorityId, entry);
    return { ...outcome, answered: made.object, entry };
  } catch (error) {
    if (error instanceof ConsoleError && error.code.startsWith('csr.')) return { ...outcome, refusal: error };
    throw error;
  }
}

function signByProfile(
  { ports }: Keeping,
  object: CsrObject,
  by: { profile: ProfileId; authority: SigningAuthority; allowed: SignObjects['allowed'] },
): { object: CsrObject; issued: IssuedCertificate } {
  const fault = findStateFault(object);
  if (fault !== undefined) throw fault;
  const der = readEnclosed(object);
  const { authority, allowed } = by;
  const profile = PROFILES[by.profile];
  const { issued } = signRequest(ports, { der, profile, authority, allowed });
  const how = { reason: 'ArcwardenSigned', message: `Signed by an admin as ${by.profile}.`, now: ports.clock.now() };
  const approved = readCsrState(object) === 'approved' ? object : addCondition(object, 'Approved', how);
  return answerWith(approved, issued);
}

export function findStateFault(object: CsrObject): ConsoleError | undefined {
  const { name } = object;
  const state = readCsrState(object);
  if (state === 'issued') return new ConsoleError('csr.already-issued', { name });
  const isOpen = state === 'approved' || state === 'pending';
  return isOpen ? undefined : new ConsoleError('csr.not-approved', { name, state });
}

export function readEnclosed(object: CsrObject): Uint8Array {
  const enclosed = findRequest(object);
  if (enclosed === undefined) throw new ConsoleError('csr.unreadable', { reason: 'csr-object.not-pem' });
  return enclosed.der;
}
