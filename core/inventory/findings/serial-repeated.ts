import { isIssuedByItself } from '../assign/issuers.ts';
import { haveSameKey } from '../assign/signatures.ts';
import type { ClusterCertificate, KnownCertificates } from './known-certificates.ts';
import type { CertificateRule } from './rule.ts';

/** Marks a precertificate, which has the serial number of the final certificate. Source: RFC 6962 section 3.1. */
const PRECERTIFICATE = '1.3.6.1.4.1.11129.2.4.3';

/** Reports a serial number that a CA used twice: revoking it would affect both certificates. */
export const serialRepeated: CertificateRule = {
  id: 'certificate.serial-repeated',
  severity: 'warning',
  citation: { certainty: 'documented', work: 'RFC 5280', place: 'section 4.1.2.2' },
  check(certificate, known) {
    const same = known.listNamesakes(certificate);
    if (same.length === 0 || isPrecertificate(certificate)) return undefined;
    const other = same.find((one) => !isPrecertificate(one) && isOfSameIssuer(certificate, one, known));
    if (other === undefined) return undefined;
    const [source] = other.sources;
    return { params: { serial: certificate.facts.serialHex, other: other.name, path: source?.path ?? '' } };
  },
};

/** Compares keys, since many CAs share a name: every cluster has a `kubernetes`. `false` if unknown. */
function isOfSameIssuer(one: ClusterCertificate, other: ClusterCertificate, known: KnownCertificates): boolean {
  if (isIssuedByItself(one.facts) && isIssuedByItself(other.facts)) return haveSameKey(one, other);
  const [signer] = known.findSigners(one);
  const [otherSigner] = known.findSigners(other);
  if (signer !== undefined && otherSigner !== undefined) return haveSameKey(signer, otherSigner);
  const { keyId } = one.facts.authorityKeyId ?? {};
  return keyId !== undefined && keyId === other.facts.authorityKeyId?.keyId;
}

function isPrecertificate({ facts }: ClusterCertificate): boolean {
  return facts.extensions.some(({ oid }) => oid === PRECERTIFICATE);
}
