import type { ClientType } from '../../pki/model/identity.ts';
import { encodeBase64 } from '../der/base64.ts';
import { pemOf } from '../der/pem.ts';
import { writeYaml } from '../yaml/yaml-writer.ts';

/** What a client needs to log in at the cloud agent. */
export interface LoginFileContent {
  /** Name of the identity; becomes the common name of the certificate. */
  name: string;
  /** Secret. */
  token: string;
  /** DER of the CAs to trust; newest first. */
  authorities: readonly Uint8Array[];
  clientType: ClientType;
  cloudFqdn: string;
  cloudPort: number;
  cloudAuthPort: number;
  location: string;
}

/**
 * YAML of a login file (`login.yaml`, `cloudlogin.yaml`, `*.tok`), fields in the order in which MOC declares them. The text
 * holds a secret. `type` is deprecated but still read. Source: microsoft/moc, pkg/auth, `LoginConfig`.
 */
export function writeLoginFile(content: LoginFileContent): string {
  return writeYaml({
    name: content.name,
    token: content.token,
    certificate: base64OfPem(content.authorities),
    clienttype: content.clientType,
    cloudfqdn: content.cloudFqdn,
    cloudport: content.cloudPort,
    cloudauthport: content.cloudAuthPort,
    location: content.location,
    type: 'CA-Signed',
  });
}

/** Base64 of PEM of certificates, as both files of a MOC client hold them. */
export function base64OfPem(certificates: readonly Uint8Array[]): string {
  const pem = certificates.map((der) => pemOf('CERTIFICATE', der)).join('');
  return encodeBase64(new TextEncoder().encode(pem));
}
