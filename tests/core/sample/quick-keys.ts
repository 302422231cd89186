import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { nodeKeys } from '../../../core/node/keys.ts';
import type { Keys, PrivateKey } from '../../../core/shared/ports.ts';

const generate = promisify(generateKeyPair);
/** Too short for real use, but generated in a tenth of the time. */
const RSA_BITS = 1024;

/** Makes real keys that are as short as possible: a sample does not depend on their strength. */
export function quickKeys(): Keys {
  const keys = nodeKeys();
  const rsa = async (): Promise<PrivateKey> => {
    const { privateKey } = await generate('rsa', { modulusLength: RSA_BITS });
    const key = keys.read(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
    if (key === undefined) throw new Error('a key that cannot be read');
    return key;
  };
  return { ...keys, generate: (algorithm) => (algorithm.startsWith('rsa') ? rsa() : keys.generate('p-256')) };
}
