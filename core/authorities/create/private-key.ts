import { readPem } from '../../formats/der/pem.ts';
import type { PrivateKey } from '../../shared/ports.ts';
import { getPlace, readExistingText, type Folder } from './found-files.ts';

/** `undefined` when the file has no usable key. */
export async function readPrivateKey(at: Folder, file: string): Promise<PrivateKey | undefined> {
  const text = await readExistingText(at.ports, getPlace(at, file));
  const [first] = readPem(text ?? '', { format: 'pem' }).keys;
  return first && at.ports.keys.read(first.keyPem);
}
