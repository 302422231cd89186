import { createRequest } from '../../core/pki/issue/create-request.ts';
import {
  KUBELET_CLIENT_SIGNER,
  KUBELET_SERVING_SIGNER,
  type CsrObject,
} from '../../core/shared/certificates/csr-object.ts';
import type { RequestTemplate } from '../../core/formats/x509/csr-writer.ts';
import { decodeRequest } from '../../core/formats/x509/csr.ts';
import { encodePem } from '../../core/formats/der/pem.ts';
import { signatureAlgorithm, encodeSignedObject } from '../../core/formats/x509/writer.ts';
import type { PrivateKey } from '../../core/shared/ports.ts';
import { bits, commonName, ECDSA_SHA256, element, integer, oid, P256_KEY, sequence } from './certificates.ts';
import type { TestPorts } from './ports.ts';

export const NODE = 'retail-east-worker-1';
export const NODE_USER = `system:node:${NODE}`;

/** The request of a kubelet for its client certificate. */
export const KUBELET_TEMPLATE: RequestTemplate = {
  subject: { commonName: NODE_USER, organizations: ['system:nodes'] },
  sans: { dns: [], ip: [] },
  keyUsage: [],
  extendedKeyUsage: [],
};
export const SERVING_TEMPLATE: RequestTemplate = {
  ...KUBELET_TEMPLATE,
  sans: { dns: [NODE], ip: ['10.0.0.21', 'fd00::21'] },
};

const encoder = new TextEncoder();

function requestPem(der: Uint8Array): Uint8Array {
  return encoder.encode(encodePem('CERTIFICATE REQUEST', der));
}

/** Returns the object with which a bootstrapping kubelet requests its client certificate. */
export function aClientObject(der: Uint8Array, changes: Partial<CsrObject> = {}): CsrObject {
  return {
    name: 'node-csr-1',
    request: requestPem(der),
    signerName: KUBELET_CLIENT_SIGNER,
    usages: ['digital signature', 'client auth'],
    username: 'system:bootstrap:07401b',
    groups: ['system:bootstrappers', 'system:authenticated'],
    extra: {},
    conditions: [],
    ...changes,
  };
}

/** Returns the object with which a kubelet requests its serving certificate. */
export function aServingObject(der: Uint8Array, changes: Partial<CsrObject> = {}): CsrObject {
  return {
    ...aClientObject(der),
    name: 'csr-abcde',
    signerName: KUBELET_SERVING_SIGNER,
    usages: ['digital signature', 'server auth'],
    username: NODE_USER,
    groups: ['system:nodes', 'system:authenticated'],
    ...changes,
  };
}

export const APPROVED = { type: 'Approved', status: 'True', reason: 'ByTest' };

export function aRequest(ports: TestPorts, key: PrivateKey, template: RequestTemplate = KUBELET_TEMPLATE): Uint8Array {
  return createRequest(ports, { template, key });
}

/** All parts are whole DER elements; `attributes` are the elements in `[0]`. */
export interface RequestParts {
  version?: Buffer;
  subject?: Buffer;
  key?: Buffer;
  attributes?: Buffer[];
  /** Replaces the whole `[0]`. */
  attributeList?: Buffer;
  algorithm?: Buffer;
  signature?: Buffer;
}

/**
 * Returns a request with the given parts and an invented signature. Shares no code with the product's writer, so that
 * each checks the other.
 */
export function buildRequest(parts: RequestParts = {}): Buffer {
  return sequence(
    sequence(
      parts.version ?? integer('00'),
      parts.subject ?? commonName('subject'),
      parts.key ?? P256_KEY,
      parts.attributeList ?? element(0xa0, ...(parts.attributes ?? [])),
    ),
    parts.algorithm ?? ECDSA_SHA256,
    parts.signature ?? bits(Buffer.alloc(70, 9)),
  );
}

export const attribute = (type: string, ...values: Buffer[]): Buffer => sequence(oid(type), element(0x31, ...values));

export const extensionRequest = (...extensions: Buffer[]): Buffer =>
  attribute('1.2.840.113549.1.9.14', sequence(...extensions));

/** Signs a request with an EC key; the request should contain the matching public key. */
export function addSignature({ keys }: TestPorts, key: PrivateKey, unsigned: Uint8Array): Uint8Array {
  const decoded = decodeRequest(unsigned);
  if (!decoded.ok) throw new Error(decoded.finding.rule);
  const { offset, length } = decoded.request.info;
  const info = unsigned.subarray(offset, offset + length);
  const signature = keys.sign(key, info, 'SHA-256');
  return encodeSignedObject(info, signatureAlgorithm('ec', 'SHA-256'), signature);
}
