import { createHash } from 'node:crypto';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import type { CertificateCredential, Cluster, TokenCredential } from '../../../../core/inventory/model/credential.ts';
import { instant } from '../../../../core/shared/instant.ts';
import { decodeCertificate } from '../../../../core/formats/x509/certificate.ts';

/** A self-signed RSA-2048 certificate of an API server, made by openssl. Its serial number is 16 bytes of `5a`. */
const TEMPLATE = Buffer.from(
  'MIIDlzCCAn+gAwIBAgIQWlpaWlpaWlpaWlpaWlpaWjANBgkqhkiG9w0BAQsFADAyMRcwFQYDVQQKDA5zeXN0ZW06' +
    'bWFzdGVyczEXMBUGA1UEAwwOa3ViZS1hcGlzZXJ2ZXIwHhcNMjYxMTI0MjM0NjEyWhcNMzYxMTIxMjM0NjEyWjAy' +
    'MRcwFQYDVQQKDA5zeXN0ZW06bWFzdGVyczEXMBUGA1UEAwwOa3ViZS1hcGlzZXJ2ZXIwggEiMA0GCSqGSIb3DQEB' +
    'AQUAA4IBDwAwggEKAoIBAQDNbI1A4BGiovAaIM2RZzZPI7eiwuByq8Hu6xkVfG7TsRIJheWXGp4LAM4xSbKXihu8' +
    'qLTbid7BzJSq2xYhtbmTAlTiBfrX5V6f5tW1s82AD/xQdpYt1G5ezdRkUMS785dM5qRGf0ShGRKFwFYRWph8nusB' +
    '1ZGzXxkVlW/gQZewvCHJsRBAFyfRg+HPxuwQcrIHVl13pRww0PCp5+rRJtzCKEzrPJdEQUWtzreJQx97fGqihtYV' +
    '+1QLxUqxKxzQ+Uaa1LhzQfcjCJDyOczNksHcBs+GeJVN0VWa7mdeubVKo7GBNvWRmEWovfUSslHsg8+FbSRvrhDa' +
    'iT0Su5iIR8FJAgMBAAGjgagwgaUwHQYDVR0OBBYEFEiv0tjq0LzUMuftrWB8vRU2ZTwlMB8GA1UdIwQYMBaAFEiv' +
    '0tjq0LzUMuftrWB8vRU2ZTwlMA8GA1UdEwEB/wQFMAMBAf8wMwYDVR0RBCwwKoIKa3ViZXJuZXRlc4IWa3ViZXJu' +
    'ZXRlcy5kZWZhdWx0LnN2Y4cECmAAATAdBgNVHSUEFjAUBggrBgEFBQcDAQYIKwYBBQUHAwIwDQYJKoZIhvcNAQEL' +
    'BQADggEBALonTCor3RhPB9e5Dg4MxJMozJ6wJwrYKcmJHf+ksdJeEmEIEqvQbC+2PqzJfaH6NTPG5t0GrvmMlFAS' +
    '8nkg5UKHSBLM3BR5HOJzg8VmLFQARN55GxhrkEG/6kXmysK88kgnRpxA60D+yO3UtH/SA1oqxz2GwSo77aXUSGtm' +
    'D+jPImJW51WJTp7H45LvSkC31coi6oMvZEUJoZTyEyecBn+4wNiJlceoIlGBxW97Amonr0qk3ZC3WC4Qs46nhCzQ' +
    'sR4UBRnYvyjmN6FYZ6twVHxh14aVKHxvG7Hjzh+90oWskl8+iKL6+RNux0lx46lyZiafR1Q2ckLi83PnUwd6vDE=',
  'base64',
);
const SERIAL_AT = TEMPLATE.indexOf(Buffer.alloc(16, 0x5a));

const READ_AT = instant('2026-11-24T12:00:00Z');

/** Returns the DER of the template with another serial number. The signature is valid only for the original number. */
export function sampleDer(serial?: number): Uint8Array {
  const der = Uint8Array.from(TEMPLATE);
  if (serial !== undefined) Buffer.from(der.buffer).writeUInt32BE(serial, SERIAL_AT + 8);
  return der;
}

export function sampleCertificate(serial: number): CertificateCredential {
  const der = sampleDer(serial);
  const decoded = decodeCertificate(der);
  if (!decoded.ok) throw new Error(`the template is not readable: ${decoded.finding.rule}`);
  return {
    kind: 'certificate',
    id: createHash('sha256').update(der).digest('hex') as CredentialId,
    layer: 'kubernetes',
    role: 'apiserver',
    name: 'kube-apiserver',
    sources: [{ path: '/pki/apiserver.crt', entry: '', fileModified: READ_AT, readAt: READ_AT }],
    firstReadAt: READ_AT,
    der,
    facts: decoded.certificate,
    keyMatch: 'matches',
  };
}

function sampleToken(text: string): TokenCredential {
  return {
    kind: 'token',
    id: createHash('sha256').update(text).digest('hex') as CredentialId,
    layer: 'moc',
    role: 'caphlogintoken',
    name: text,
    sources: [{ path: 'C:\\logins\\caph.yaml', entry: 'token', fileModified: READ_AT, readAt: READ_AT }],
    firstReadAt: READ_AT,
    notBefore: instant('2026-11-01T00:00:00Z'),
    notAfter: instant('2027-01-30T00:00:00Z'),
    assumed: false,
    issuer: 'moc',
  };
}

export const clusterId = (text: string): ClusterId => text as ClusterId;

/**
 * Makes a cluster with `certificates` certificates and one token; if there are certificates, the history contains one
 * more.
 */
export function sampleCluster(id: string, certificates = 2, version = 0): Cluster {
  const current = Array.from({ length: certificates }, (_, at) => sampleCertificate(at + 1));
  const replaced = current[0];
  return {
    id: clusterId(id),
    name: `Cluster ${id}`,
    nameEvidence: 'folder',
    kind: 'kubernetes',
    addresses: [`https://10.0.0.1:6443/${version}`],
    cloudAgents: ['ca-1.contoso.example'],
    configured: ['ca-2.contoso.example'],
    credentials: [...current, sampleToken(`token of ${id}`)],
    history:
      replaced === undefined
        ? []
        : [{ credential: sampleCertificate(0xffff), replacedBy: replaced.id, replacedAt: READ_AT }],
  };
}
