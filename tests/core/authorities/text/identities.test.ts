import { expect, test } from 'vitest';
import { TOKEN_FAULTS } from '../../../../core/pki/identities/token.ts';
import { IDENTITY_NAME_FAULTS } from '../../../../core/pki/model/identity.ts';
import { LANGUAGES, translator, type MessageKey } from '../../../../core/shared/text/text.ts';

const VALUES = {
  identity: 'csi',
  longest: 253,
  count: 2,
  until: '2027-02-22T12:00:00Z',
  notAfter: '2027-02-22T12:00:00Z',
};

const REASONS: readonly [MessageKey, string, readonly string[]][] = [
  ['problem.identity.token-required', 'reason', TOKEN_FAULTS],
  ['problem.identity.name-invalid', 'fault', IDENTITY_NAME_FAULTS],
  ['problem.identity.request-refused', 'reason', ['unreadable', 'signature', 'weakKey']],
  [
    ...(['problem.identity.certificate-refused', 'reason'] as const),
    ['unreadable', 'unknownAuthority', 'notYetValid', 'noIdentity', 'notOnRecord'],
  ],
  [
    ...(['problem.renewal.refused', 'reason'] as const),
    [...['missingCertificates', 'notClientCertificate', 'keyCertificateSignature'], ...['keyMismatch', 'otherNames']],
  ],
  [
    ...(['problem.rotation.refused', 'reason'] as const),
    ['alreadyRotating', 'notRotating', 'nothingReissued', 'leavesLeft', 'expired'],
  ],
];

test.each(REASONS)('%s has a different text for every %s, in every language', (key, name, reasons) => {
  for (const language of LANGUAGES) {
    const translate = translator(language);
    const texts = reasons.map((reason) => translate(key, { ...VALUES, [name]: reason }));
    expect(new Set(texts).size, language).toBe(reasons.length);
  }
});

test.each<[MessageKey, string | undefined, string]>([
  ['problem.identity.token-required', 'expired', 'Valid Token Required'],
  ['problem.identity.certificate-expired', undefined, 'Certificate has expired'],
  ['problem.identity.revoked', undefined, 'certificate is revoked'],
  ['problem.identity.request-refused', 'signature', 'Invalid CSR signature'],
  [
    ...(['problem.identity.certificate-refused', 'unknownAuthority'] as const),
    'certificate signed by unknown authority',
  ],
  ['problem.renewal.refused', 'missingCertificates', 'missing CSR renew certificates'],
  [...(['problem.renewal.refused', 'notClientCertificate'] as const), "certToRenew wasn't used for clientAuthCert"],
  [
    ...(['problem.renewal.refused', 'keyCertificateSignature'] as const),
    'unable to verify signature of CSR Key certificate',
  ],
  [...(['problem.renewal.refused', 'keyMismatch'] as const), "public key in CSR and CSR Key certificate don't match"],
])('%s (%s) contains the public text as it appears in logs', (key, reason, quoted) => {
  for (const language of LANGUAGES)
    expect(translator(language)(key, { ...VALUES, reason: reason ?? '' })).toContain(`“${quoted}”`);
});
