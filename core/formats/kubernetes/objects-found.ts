import { readCsrState, type CsrState } from '../../shared/certificates/csr-object.ts';
import { limitFindings, type Finding, type Severity } from '../../shared/finding.ts';
import { createFound, type Found } from '../parsed-file.ts';
import { API_VERSION, OBJECT_KIND } from '../../shared/renew-revocation/draft.ts';
import { isCsrObject, readCsrObject, type ReadCsrObject } from './csr-object.ts';
import { KubernetesFields } from './fields.ts';
import type { KubernetesObject, KubernetesObjects } from './objects.ts';
import { readPem } from '../der/pem.ts';
import { readWrittenRevocation } from '../renew-revocation/draft-reader.ts';
import { findRevocation } from '../renew-revocation/manifest.ts';
import { isSecret, readSecret } from './secret.ts';

const MAX_FINDINGS = 200;

/**
 * Collects the objects that contain credentials or affect them: Secrets, answered certificate requests and
 * RenewRevocation objects. `undefined` if there are none. `readValue` recognises the value of a Secret.
 */
export function recogniseObjects(
  { objects, findings }: KubernetesObjects,
  readValue: (bytes: Uint8Array) => Found,
): Found | undefined {
  const known = objects.filter((object) => isSecret(object) || isCsrObject(object) || isRevocationObject(object));
  if (known.length === 0) return undefined;
  const found = createFound('kubernetes');
  found.findings.push(...findings);
  for (const object of known) {
    if (isRevocationObject(object)) {
      addRevocation(found, object, objects.length === 1);
      continue;
    }
    const inside = isSecret(object) ? readSecret(object, readValue) : recogniseCsrObject(object);
    found.certificates.push(...inside.certificates);
    found.keys.push(...inside.keys);
    found.containers.push(...inside.containers);
    found.tokens.push(...inside.tokens);
    found.requests.push(...inside.requests);
    found.findings.push(...inside.findings);
  }
  found.findings = limitFindings(found.findings, MAX_FINDINGS);
  const { certificates, keys, tokens, containers, revocations } = found;
  const lists = [certificates, keys, tokens, containers, revocations, found.findings];
  if (lists.every((list) => list.length === 0)) found.format = 'nothing';
  return found;
}

function isRevocationObject({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === OBJECT_KIND && apiVersion.split('/')[0] === API_VERSION.split('/')[0];
}

/** Adds an object with readable entries, and all findings about a list of entries. */
function addRevocation(found: Found, { map, entry }: KubernetesObject, isAlone: boolean): void {
  const findings: Finding[] = [];
  const written = readWrittenRevocation(map, entry, findings);
  if (written.draft.entries.length === 0 && written.list === undefined) return;
  const object = findRevocation(written, findings);
  found.findings.push(...findings);
  if (object !== undefined && object.entries.length > 0) found.revocations.push({ entry, object, isAlone });
}

function recogniseCsrObject(object: KubernetesObject): Found {
  const found = createFound('kubernetes');
  const read = readCsrObject(object, found.findings);
  if (read === undefined) return found;
  const { certificate, name, signerName } = read.object;
  const state = stateFinding(read);
  if (readCsrState(read.object) === 'pending') found.requests.push(read.object);
  if (state !== undefined) found.findings.push(state);
  const status = new KubernetesFields(object.map, object.entry, []).part('status');
  if (status === undefined || certificate === undefined) return found;
  const place = status.findPlace('certificate');
  const origin = { format: 'csr-object', part: 'certificate', name, signerName } as const;
  const pem = readPem(new TextDecoder().decode(certificate), origin, place.entry);
  found.certificates.push(...pem.certificates.map((one) => ({ ...one, line: place.line })));
  for (const finding of pem.findings) found.findings.push({ ...finding, place });
  if (pem.certificates.length === 0 && pem.findings.length === 0) {
    found.findings.push({ rule: 'field.not-pem', severity: 'error', place, params: { name: 'status.certificate' } });
  }
  return found;
}

const STATES: Partial<Record<CsrState, { rule: string; severity: Severity }>> = {
  pending: { rule: 'csr-object.pending', severity: 'warning' },
  denied: { rule: 'csr-object.denied', severity: 'notice' },
  failed: { rule: 'csr-object.failed', severity: 'warning' },
  approved: { rule: 'csr-object.not-issued', severity: 'notice' },
};

/** Warns of a pending request: a kubelet loses its certificate if its request stays unanswered. */
function stateFinding({ object, place }: ReadCsrObject): Finding | undefined {
  const state = STATES[readCsrState(object)];
  if (state === undefined) return undefined;
  return { ...state, place, params: { name: object.name, signer: object.signerName } };
}
