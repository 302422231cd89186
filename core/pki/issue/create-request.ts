import { getSignatureHash } from '../../shared/certificates/key-algorithm.ts';
import { requestInfo, type RequestTemplate } from '../../formats/x509/csr-writer.ts';
import { signatureAlgorithm, encodeSignedObject } from '../../formats/x509/writer.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';

/** Creates a PKCS #10 request in DER, signed by its own key. */
export function createRequest(
  { keys }: Pick<Ports, 'keys'>,
  { template, key }: { template: RequestTemplate; key: PrivateKey },
): Uint8Array {
  const info = requestInfo(template, key.spki);
  const hash = getSignatureHash(key.algorithm);
  return encodeSignedObject(info, signatureAlgorithm(key.type, hash), keys.sign(key, info, hash));
}
