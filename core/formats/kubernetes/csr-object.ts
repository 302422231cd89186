import {
  SHORTEST_EXPIRATION_SECONDS,
  type CsrCondition,
  type CsrObject,
} from '../../shared/certificates/csr-object.ts';
import type { RequestDecodeResult } from '../../shared/certificates/certificate-request.ts';
import type { Finding, Place } from '../../shared/finding.ts';
import { decodeRequest } from '../x509/csr.ts';
import { KubernetesFields } from './fields.ts';
import { objectPlace, readKubernetesObjects, type KubernetesObject } from './objects.ts';
import { readPem } from '../der/pem.ts';
import { decodeFindings } from '../x509/request-findings.ts';

const GROUP = 'certificates.k8s.io';
const KIND = 'CertificateSigningRequest';
/** The only PEM label that the API server accepts. Source: kubernetes/kubernetes, pkg/apis/certificates. */
const PEM_LABEL = 'CERTIFICATE REQUEST';

export interface ReadCsrObject {
  object: CsrObject;
  place: Place;
}

interface CsrObjectReading {
  objects: ReadCsrObject[];
  /**
   * Each has a line and a column; its `entry` is `spec.request`, prefixed by `items[<name>]` if there are several
   * objects.
   */
  findings: Finding[];
}

/**
 * Reads every CertificateSigningRequest in YAML or JSON: one object, several documents or a `List`. Ignores other
 * kinds. An object without a name, signer or request is skipped and, like every fault, reported as a finding. Never
 * throws.
 */
export function readCsrObjects(text: string): CsrObjectReading {
  const { objects, findings } = readKubernetesObjects(text);
  const reading: CsrObjectReading = { objects: [], findings };
  for (const object of objects) {
    const read = isCsrObject(object) ? readCsrObject(object, findings) : undefined;
    if (read !== undefined) reading.objects.push(read);
  }
  return reading;
}

/** Accepts any version: the fields read here are the same in all. */
export function isCsrObject({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === KIND && (apiVersion === '' || apiVersion.startsWith(`${GROUP}/`));
}

/** Reads an object and adds faults to `findings`; `undefined` if an essential field is missing. */
export function readCsrObject({ map, entry, name }: KubernetesObject, findings: Finding[]): ReadCsrObject | undefined {
  const fields = new KubernetesFields(map, entry, findings);
  const metadata = fields.part('metadata');
  const spec = fields.part('spec');
  const request = spec?.bytes('request');
  const signerName = spec?.name('signerName');
  if (spec === undefined || name === undefined || request === undefined || signerName === undefined) {
    const missing = Object.entries({ name, spec, request, signerName }).find(([, it]) => !it)?.[0];
    const place = fields.findPlace(missing === 'name' ? 'metadata' : 'spec');
    findings.push({ rule: 'csr-object.incomplete', severity: 'error', place, params: { field: missing ?? '' } });
    return undefined;
  }
  findings.push(...requestFindings(request, spec.findPlace('request')));
  const status = fields.part('status');
  const certificate = status?.bytes('certificate');
  const object: CsrObject = {
    name,
    createdAt: metadata?.moment('creationTimestamp'),
    request,
    signerName,
    usages: spec.texts('usages'),
    username: spec.name('username'),
    uid: spec.name('uid'),
    groups: spec.texts('groups'),
    extra: readExtra(spec),
    expirationSeconds: findExpiration(spec, findings),
    conditions: (status?.parts('conditions') ?? []).map(getCondition),
    certificate,
  };
  return { object, place: objectPlace({ map, entry }) };
}

function findExpiration(spec: KubernetesFields, findings: Finding[]): number | undefined {
  const seconds = spec.wholeNumber('expirationSeconds');
  if (seconds !== undefined && seconds < SHORTEST_EXPIRATION_SECONDS) {
    const place = spec.findPlace('expirationSeconds');
    const params = { seconds, shortest: SHORTEST_EXPIRATION_SECONDS };
    findings.push({ rule: 'csr-object.expiration-too-short', severity: 'warning', place, params });
  }
  return seconds;
}

function readExtra(spec: KubernetesFields): Record<string, string[]> {
  const extra = spec.part('extra');
  if (extra === undefined) return {};
  return Object.fromEntries([...extra.map.entries.keys()].map((key) => [key, extra.texts(key)]));
}

/** Reads a condition. In older versions of the API a condition had no status, and applied if it was present. */
function getCondition(fields: KubernetesFields): CsrCondition {
  return {
    type: fields.name('type') ?? '',
    status: fields.name('status') ?? 'True',
    reason: fields.text('reason')?.text,
    message: fields.text('message')?.text,
    lastUpdateTime: fields.moment('lastUpdateTime'),
    lastTransitionTime: fields.moment('lastTransitionTime'),
  };
}

/** Decodes the first request in the PEM, like the API server; `undefined` if there is none. */
export function findRequest({
  request,
}: Pick<CsrObject, 'request'>): { der: Uint8Array; decoded: RequestDecodeResult } | undefined {
  const [first] = requestsIn(request);
  return first && { der: first.der, decoded: decodeRequest(first.der) };
}

function requestsIn(pem: Uint8Array): { der: Uint8Array; label: string }[] {
  return readPem(new TextDecoder().decode(pem), { format: 'pem' }).requests;
}

function requestFindings(pem: Uint8Array, place: Place): Finding[] {
  const [first, second] = requestsIn(pem);
  if (first === undefined) {
    return [{ rule: 'csr-object.not-pem', severity: 'error', place }];
  }
  const findings: Finding[] = [];
  if (first.label !== PEM_LABEL) {
    const params = { found: first.label, expected: PEM_LABEL };
    findings.push({ rule: 'csr-object.pem-label', severity: 'warning', place, params });
  }
  if (second !== undefined) {
    findings.push({ rule: 'csr-object.several-requests', severity: 'warning', place });
  }
  return [...findings, ...decodeFindings(first.der, place)];
}
