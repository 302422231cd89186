import { encodeBase64 } from '../der/base64.ts';
import { encodePemAsBase64 } from './login-file-writer.ts';
import { encodePem } from '../der/pem.ts';

interface AccessFileContent {
  /** DER, newest first. There are two while the CA is being rotated. */
  authorities: readonly Uint8Array[];
  /** DER. */
  certificate: Uint8Array;
  /** Secret; PKCS#1 DER. */
  rsaPrivateKey: Uint8Array;
  identityName: string;
  /** Whether to write the deprecated type: a login writes it, a renewal does not. */
  withType: boolean;
}

/**
 * Writes the access file `cloudconfig` as JSON, which contains an unencrypted private key. Source: microsoft/moc,
 * pkg/auth, `WssdConfig`.
 */
export function writeAccessFile(content: AccessFileContent): string {
  const { authorities, certificate, rsaPrivateKey, identityName, withType } = content;
  const keyPem = new TextEncoder().encode(encodePem('RSA PRIVATE KEY', rsaPrivateKey));
  const file = {
    CloudCertificate: encodePemAsBase64(authorities),
    ClientCertificate: encodePemAsBase64([certificate]),
    ClientKey: encodeBase64(keyPem),
    IdentityName: identityName,
    ...(withType && { ClientCertificateType: 'CA-Signed' }),
  };
  keyPem.fill(0);
  return `${JSON.stringify(file, undefined, 2)}\n`;
}
