import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  Pkcs10CertificateRequestGenerator,
  SubjectAlternativeNameExtension,
  type Extension,
  type JsonGeneralNames,
} from '@peculiar/x509';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlPlane } from './control-plane.ts';
import type { Answer, Identity } from './identity.ts';

/* Creates certificate requests like those of a kubelet, with a library that the product does not use. */

cryptoProvider.set(webcrypto as Crypto);

export const CSRS = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
export const CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet';
export const SERVING_SIGNER = 'kubernetes.io/kubelet-serving';

type Algorithm = 'p-256' | 'rsa-1024' | 'rsa-2048';

export interface Asked {
  subject: string;
  sans?: JsonGeneralNames;
  isCa?: boolean;
  algorithm?: Algorithm;
}

export interface MadeRequest {
  pem: string;
  /** PEM of the private key. */
  key: string;
}

export async function makeRequest({ subject, sans, isCa = false, algorithm = 'p-256' }: Asked): Promise<MadeRequest> {
  const signingAlgorithm =
    algorithm === 'p-256'
      ? { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
      : {
          name: 'RSASSA-PKCS1-v1_5',
          hash: 'SHA-256',
          publicExponent: new Uint8Array([1, 0, 1]),
          modulusLength: Number(algorithm.slice('rsa-'.length)),
        };
  const keys = await webcrypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify']);
  const extensions: Extension[] = [
    ...(sans === undefined ? [] : [new SubjectAlternativeNameExtension(sans)]),
    ...(isCa ? [new BasicConstraintsExtension(true, undefined, true)] : []),
  ];
  const request = await Pkcs10CertificateRequestGenerator.create({ name: subject, keys, signingAlgorithm, extensions });
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { pem: `${request.toString('pem')}\n`, key: pem('PRIVATE KEY', der) };
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/gu) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

export interface CsrStatus {
  conditions?: { type: string; reason: string; message: string }[];
  certificate?: string;
}

export interface Csr {
  metadata: { name: string };
  spec: { username: string; groups: string[]; usages: string[]; signerName: string; request: string };
  status: CsrStatus;
}

export function handIn(
  plane: ControlPlane,
  who: Identity,
  {
    name,
    request,
    signerName,
    usages,
  }: { name: string; request: string; signerName: string; usages: readonly string[] },
): Promise<Answer> {
  const body = {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name },
    spec: { request: Buffer.from(request).toString('base64'), signerName, usages },
  };
  return plane.request(who, CSRS, { method: 'POST', body });
}

export async function csrNamed(plane: ControlPlane, name: string): Promise<Csr> {
  return plane.must<Csr>(`${CSRS}/${name}`);
}

/** Approves a pending request as an admin. */
export async function approve(plane: ControlPlane, name: string): Promise<void> {
  const csr = await csrNamed(plane, name);
  const condition = { type: 'Approved', status: 'True', reason: 'ByAdmin', message: 'Approved by an admin.' };
  const body = { ...csr, status: { ...csr.status, conditions: [condition] } };
  await plane.must(`${CSRS}/${name}/approval`, { method: 'PUT', body });
}

const LIMIT_MS = 600_000;
const POLL_MS = 100;

/** Repeats `look` until the result is as expected. Returns the last result, even if the time runs out. */
export async function waitUntil<Looked>(
  look: () => Promise<Looked>,
  holds: (looked: Looked) => boolean,
  limitMs = LIMIT_MS,
): Promise<Looked> {
  const end = Date.now() + limitMs;
  for (;;) {
    const looked = await look();
    if (holds(looked) || Date.now() > end) return looked;
    await sleep(POLL_MS);
  }
}

/** Waits until the controller has signed a request or reported why it cannot. */
export function waitForAnswer(plane: ControlPlane, name: string): Promise<Csr> {
  return waitUntil(
    () => csrNamed(plane, name),
    ({ status }) => status.certificate !== undefined || (status.conditions ?? []).some(({ type }) => type === 'Failed'),
  );
}

/**
 * Obtains a certificate for a node from the controller: a client certificate or, with `names`, a serving certificate.
 */
export async function obtainIdentity(
  plane: ControlPlane,
  node: string,
  names?: { dns: readonly string[]; ip: readonly string[] },
): Promise<Identity> {
  const name = `${names === undefined ? 'client' : 'server'}-${node}`;
  const sans: JsonGeneralNames | undefined = names && [
    ...names.dns.map((value) => ({ type: 'dns' as const, value })),
    ...names.ip.map((value) => ({ type: 'ip' as const, value })),
  ];
  const subject = `O=system:nodes, CN=system:node:${node}`;
  const { pem: request, key } = await makeRequest({ subject, ...(sans !== undefined && { sans }) });
  const purpose = names === undefined ? 'client auth' : 'server auth';
  const signerName = names === undefined ? CLIENT_SIGNER : SERVING_SIGNER;
  const usages = ['digital signature', 'key encipherment', purpose];
  const { status, body } = await handIn(plane, plane.superAdmin, { name, request, signerName, usages });
  if (status !== 201) throw new Error(`${name}: ${status} ${body}`);
  // No controller approves requests for serving certificates.
  if (names !== undefined) await approve(plane, name);
  const { certificate = '' } = (await waitForAnswer(plane, name)).status;
  return { cert: Buffer.from(certificate, 'base64').toString('utf8'), key };
}
