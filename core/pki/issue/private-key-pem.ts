import { encodePem } from '../../formats/der/pem.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';

/** Writes the traditional form, like kubeadm. The text is secret. */
export function privateKeyPem({ keys }: Pick<Ports, 'keys'>, key: PrivateKey): string {
  const der = keys.exportPrivateKey(key, 'traditional');
  try {
    return encodePem(key.type === 'rsa' ? 'RSA PRIVATE KEY' : 'EC PRIVATE KEY', der);
  } finally {
    keys.wipe(der);
  }
}
