import { encodeBase64 } from '../der/base64.ts';
import { encodePem } from '../der/pem.ts';
import { writeYaml } from '../yaml/yaml-writer.ts';

export interface LoginFileContent {
  /** Becomes the common name of the certificate. */
  name: string;
  /** Secret. */
  token: string;
  /** DER, newest first. */
  authorities: readonly Uint8Array[];
  /** In the spelling of the cloud agent. */
  clientType: string;
  cloudFqdn: string;
  cloudPort: number;
  cloudAuthPort: number;
  location: string;
}

/**
 * Writes a login file (`login.yaml`, `cloudlogin.yaml`, `*.tok`), which contains a secret. The fields have the order of
 * MOC's declaration. `type` is deprecated but still read. Source: microsoft/moc, pkg/auth, `LoginConfig`.
 */
export function writeLoginFile(content: LoginFileContent): string {
  return writeYaml({
    name: content.name,
    token: content.token,
    certificate: encodePemAsBase64(content.authorities),
    clienttype: content.clientType,
    cloudfqdn: content.cloudFqdn,
    cloudport: content.cloudPort,
    cloudauthport: content.cloudAuthPort,
    location: content.location,
    type: 'CA-Signed',
  });
}

export function encodePemAsBase64(certificates: readonly Uint8Array[]): string {
  const pem = certificates.map((der) => encodePem('CERTIFICATE', der)).join('');
  return encodeBase64(new TextEncoder().encode(pem));
}
