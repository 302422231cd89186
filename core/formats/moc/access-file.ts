import { createFound, type Found } from '../parsed-file.ts';
import type { Origin } from '../../shared/origin.ts';
import { addCertificates, addKey } from '../text/embedded.ts';
import { Fields, lowerCaseKeys } from '../yaml/fields.ts';
import type { YamlMap } from '../yaml/yaml.ts';

const PAIR = 'clientkey';

/** Returns whether a mapping is an access file. Ignores case, like the Go reader. */
export function isAccessFile(map: YamlMap): boolean {
  const { entries } = lowerCaseKeys(map);
  return entries.has('cloudcertificate') || entries.has('clientcertificate');
}

/**
 * Reads `cloudconfig`: the client's certificate and the CA of the cloud agent (two CAs during a rotation). Source:
 * microsoft/moc-sdk-for-go, `pkg/auth`.
 */
export function readAccessFile(map: YamlMap): Found {
  const found = createFound('access-file');
  const fields = new AccessFields(lowerCaseKeys(map), '', found.findings);
  const identityName = fields.name('identityname');
  const origin = (part: 'cloud-certificate' | 'client-certificate'): Origin => ({
    format: 'access-file',
    part,
    identityName,
  });
  addCertificates(found, { fields, name: 'cloudcertificate', origin: origin('cloud-certificate') });
  const client = origin('client-certificate');
  addCertificates(found, { fields, name: 'clientcertificate', origin: client, pair: PAIR });
  addKey(found, { fields, name: 'clientkey', pair: PAIR });
  if (!fields.has('clientcertificate')) {
    const place = fields.findPlace('clientcertificate');
    found.findings.push({ rule: 'access-file.no-client-certificate', severity: 'warning', place });
  }
  return found;
}

/** Spells field names as MOC does, regardless of case in the file. */
class AccessFields extends Fields {
  override spellName(name: string): string {
    return WRITTEN.get(name) ?? name;
  }
}

const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['cloudcertificate', 'CloudCertificate'],
  ['clientcertificate', 'ClientCertificate'],
  ['clientkey', 'ClientKey'],
  ['identityname', 'IdentityName'],
]);
