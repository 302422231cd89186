import type { CsrObject } from '../../shared/certificates/csr-object.ts';
import { findingsIn, type Finding, type Place } from '../../shared/finding.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { findRequest, readCsrObjects } from '../../formats/kubernetes/csr-object.ts';
import { writeCsrJson, writeCsrObject, writeCsrObjects } from '../../formats/kubernetes/csr-object-writer.ts';
import { decodeRequest } from '../../formats/x509/csr.ts';
import { requestsIn } from '../../formats/x509/request-file.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { Ports } from '../../shared/ports.ts';

/** A request takes a few kilobytes, a CSR object in a list somewhat more. */
const MAX_REQUEST_BYTES = 1024 * 1024;

export type RequestFile =
  { kind: 'request'; der: Uint8Array } | { kind: 'objects'; objects: CsrObject[]; findings: Finding[] };

/** Reads PEM, DER, or CSR objects in YAML or JSON. Throws `csr.file-unreadable` or `csr.several`. */
export async function readRequestFile({ files }: Pick<Ports, 'files'>, path: string): Promise<RequestFile> {
  const bytes = await files.read(path, MAX_REQUEST_BYTES);
  const [der, ...others] = requestsIn(bytes);
  if (others.length > 0) throw new ConsoleError('csr.several', { path, count: others.length + 1 });
  if (der !== undefined) {
    const decoded = decodeRequest(der);
    if (!decoded.ok) throw describeUnreadable(path, decoded.finding.rule, { offset: decoded.finding.offset });
    return { kind: 'request', der };
  }
  const { objects, findings } = readCsrObjects(decodeText(bytes)?.text ?? '');
  if (objects.length === 0 && findings.length === 0)
    throw describeUnreadable(path, 'der.missing-element', { offset: 0 });
  return { kind: 'objects', objects: objects.map(({ object }) => object), findings: findingsIn(path, findings) };
}

function describeUnreadable(path: string, reason: string, { line, offset = 0 }: Place): ConsoleError {
  const place = line === undefined ? { unit: 'byte', at: offset } : { unit: 'line', at: line };
  return new ConsoleError('csr.file-unreadable', { path, reason, ...place });
}

export type SingleRequest = { kind: 'request'; der: Uint8Array } | { kind: 'object'; object: CsrObject };

/** Reads a file with one request or CSR object. Throws like `readRequestFile`. */
export async function readSingleRequest(ports: Pick<Ports, 'files'>, path: string): Promise<SingleRequest> {
  const file = await readRequestFile(ports, path);
  if (file.kind === 'request') return file;
  const [object, ...others] = file.objects;
  if (others.length > 0) throw new ConsoleError('csr.several', { path, count: file.objects.length });
  if (object === undefined || findRequest(object)?.decoded.ok !== true) {
    const { rule, place } = file.findings.find(({ severity }) => severity === 'error') ?? {
      rule: 'csr-object.not-pem',
      place: {},
    };
    throw describeUnreadable(path, rule, place);
  }
  return { kind: 'object', object };
}

/**
 * Formats objects as JSON or YAML, depending on the file name. `kubectl apply` omits the status, which contains the
 * answer; `kubectl replace --raw` sends it, as JSON, to the subresource.
 */
export function objectsText(objects: readonly CsrObject[], path = ''): string {
  if (/\.json$/iu.test(path)) return writeCsrJson(objects);
  const [only, ...more] = objects;
  return only !== undefined && more.length === 0 ? writeCsrObject(only) : writeCsrObjects(objects);
}
