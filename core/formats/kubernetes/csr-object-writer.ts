import type { CsrCondition, CsrObject } from '../../shared/certificates/csr-object.ts';
import { encodeBase64 } from '../der/base64.ts';
import { writeYaml, type YamlValue } from '../yaml/yaml-writer.ts';

const API_VERSION = 'certificates.k8s.io/v1';
const KIND = 'CertificateSigningRequest';

/** Writes YAML with the fields in kubectl's order. */
export function writeCsrObject(object: CsrObject): string {
  return writeYaml(csrValue(object));
}

/** Writes YAML as `kubectl get -o yaml` does. */
export function writeCsrObjects(objects: readonly CsrObject[]): string {
  return writeYaml(listValue(objects));
}

export function writeCsrJson(objects: readonly CsrObject[]): string {
  const [only, ...more] = objects;
  const value = only !== undefined && more.length === 0 ? csrValue(only) : listValue(objects);
  return `${JSON.stringify(value, null, 2)}\n`;
}

function listValue(objects: readonly CsrObject[]): YamlValue {
  return { apiVersion: 'v1', items: objects.map(csrValue), kind: 'List' };
}

function csrValue(object: CsrObject): YamlValue {
  const { conditions, certificate } = object;
  const hasStatus = conditions.length > 0 || certificate !== undefined;
  return {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: { creationTimestamp: object.createdAt, name: object.name },
    spec: {
      expirationSeconds: object.expirationSeconds,
      extra: unlessEmpty(object.extra),
      groups: unlessEmpty(object.groups),
      request: encodeBase64(object.request),
      signerName: object.signerName,
      uid: object.uid,
      usages: object.usages,
      username: object.username,
    },
    status: hasStatus
      ? {
          certificate: certificate && encodeBase64(certificate),
          conditions: unlessEmpty(conditions.map(conditionValue)),
        }
      : undefined,
  };
}

function conditionValue(condition: CsrCondition): YamlValue {
  const { type, status, reason, message, lastUpdateTime, lastTransitionTime } = condition;
  return { lastTransitionTime, lastUpdateTime, message, reason, status, type };
}

function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
