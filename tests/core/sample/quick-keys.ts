import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { nodeKeys } from '../../../core/node/keys.ts';
import type { Keys, PrivateKey } from '../../../core/shared/ports.ts';

const generate = promisify(generateKeyPair);
/** Too short for real use, but ten times faster to generate. */
const RSA_BITS = 1024;

/**
 * Returns keys that generate short RSA keys, and P-256 keys instead of other EC keys, since a sample does not depend on
 * their strength.
 */
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
