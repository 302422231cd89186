import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import { findNotAfter, findNotBefore, type Credential, type KeyMatch } from '../model/credential.ts';
import type { Finding, Place, Severity } from '../../shared/finding.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import { timeLeftMs } from '../../knowledge/model/credentials/expiry-state.ts';

export function certificateRemarks(facts: CertificateFacts, place: Place): Finding[] {
  return facts.findings.map(({ rule, offset, params }) => ({
    rule,
    severity: 'notice',
    place: { ...place, offset },
    params,
  }));
}

export function dateFindings(credential: Credential, now: Instant, place: Place): Finding[] {
  const { kind, name } = credential;
  const notBefore = findNotBefore(credential);
  const notAfter = findNotAfter(credential);
  const found: Finding[] = [];
  const add = (rule: string, severity: Severity, params: Finding['params'] = {}): void => {
    found.push({ rule, severity, place, params: { name, ...params } });
  };
  if (notAfter === undefined) {
    if (kind === 'token') add('token.no-end', 'notice');
    return found;
  }
  if (credential.kind === 'token' && credential.assumed) add('token.assumed', 'notice', { notAfter });
  if (timeLeftMs(epochMs(notAfter), epochMs(now)) <= 0) {
    add(`${kind}.expired`, 'warning', { notAfter });
  } else if (notBefore !== undefined && epochMs(now) < epochMs(notBefore)) {
    add(`${kind}.not-yet-valid`, 'warning', { notBefore });
  }
  return found;
}

const KEY_RULES: Partial<Record<KeyMatch, { rule: string; severity: Severity }>> = {
  differs: { rule: 'key.differs', severity: 'error' },
  encrypted: { rule: 'key.encrypted', severity: 'notice' },
  unreadable: { rule: 'key.not-readable', severity: 'warning' },
};

export function keyFindings(name: string, keyMatch: KeyMatch, place: Place): Finding[] {
  const judged = KEY_RULES[keyMatch];
  return judged === undefined ? [] : [{ ...judged, place, params: { name } }];
}

export function judgeCredential(credential: Credential, now: Instant): Finding[] {
  const [source] = credential.sources;
  const place: Place = source === undefined ? {} : { path: source.path, entry: source.entry };
  const dates = dateFindings(credential, now, place);
  if (credential.kind === 'token') return dates;
  const { name, keyMatch, facts } = credential;
  return [...keyFindings(name, keyMatch, place), ...dates, ...certificateRemarks(facts, place)];
}
