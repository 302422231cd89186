import { encodePem, readPem } from '../../formats/der/pem.ts';
import type { PrivateKey } from '../../shared/ports.ts';
import { getPlace, readExistingText, type CreatePorts, type Folder } from './found-files.ts';

/** The private key in a file; `undefined` when there is no usable one. */
export async function readPrivateKey(at: Folder, file: string): Promise<PrivateKey | undefined> {
  const text = await readExistingText(at.ports, getPlace(at, file));
  const [first] = readPem(text ?? '', { format: 'pem' }).keys;
  return first && at.ports.keys.read(first.keyPem);
}

/** PEM in the traditional form, which kubeadm writes. The text is the secret. */
export function privateKeyPem({ keys }: Pick<CreatePorts, 'keys'>, key: PrivateKey): string {
  const der = keys.exportPrivateKey(key, 'traditional');
  try {
    return encodePem(key.type === 'rsa' ? 'RSA PRIVATE KEY' : 'EC PRIVATE KEY', der);
  } finally {
    keys.wipe(der);
  }
}
