import { createFound, type Found } from '../parsed-file.ts';
import type { Origin } from '../../shared/origin.ts';
import { addCertificates } from '../text/embedded.ts';
import { Fields, lowerCaseKeys } from '../yaml/fields.ts';
import { pushToken, readToken } from '../jwt/jwt.ts';
import type { YamlMap } from '../yaml/yaml.ts';

const DISTINCTIVE_FIELDS = ['certificate', 'clienttype', 'cloudfqdn', 'cloudport', 'cloudauthport'];

export function isLoginFile(map: YamlMap): boolean {
  const { entries } = lowerCaseKeys(map);
  return entries.has('token') && DISTINCTIVE_FIELDS.some((field) => entries.has(field));
}

/** Reads the token of an identity and the CA that it trusts. Source: microsoft/moc-sdk-for-go, `pkg/auth`. */
export function readLoginFile(map: YamlMap): Found {
  const found = createFound('login-file');
  const { findings } = found;
  const fields = new Fields(lowerCaseKeys(map), '', findings);
  const otherCase = [...map.entries.keys()].find((key) => key !== key.toLowerCase());
  if (otherCase !== undefined) {
    const place = fields.findPlace(otherCase.toLowerCase());
    findings.push({ rule: 'login-file.key-case', severity: 'warning', place, params: { field: otherCase } });
  }
  const identityName = fields.name('name');
  if (identityName === undefined) {
    findings.push({ rule: 'login-file.no-name', severity: 'warning', place: fields.findPlace('name') });
  }
  const clientType = fields.name('clienttype');
  const cloudFqdn = fields.name('cloudfqdn');
  const origin = (part: 'cloud-certificate' | 'token'): Origin => ({
    format: 'login-file',
    part,
    identityName: identityName ?? '',
    clientType,
    cloudFqdn,
  });
  addCertificates(found, { fields, name: 'certificate', origin: origin('cloud-certificate') });
  const field = fields.text('token');
  const place = fields.findPlace('token');
  if (field === undefined) {
    findings.push({ rule: 'login-file.no-token', severity: 'warning', place });
  } else pushToken(found, readToken(field.text.trim()), origin('token'), place);
  return found;
}

/** Reads a bare JWT, which `*.tok` files may contain. Only the subject identifies its owner. */
export function readBareToken(text: string): Found {
  const found = createFound('login-file');
  const read = readToken(text.trim());
  const origin: Origin = { format: 'login-file', part: 'token', identityName: read.token.subject ?? '' };
  pushToken(found, read, origin, { entry: '', line: 1 });
  return found;
}
