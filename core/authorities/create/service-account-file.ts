import { isSameBytes } from '../../shared/lists.ts';
import { decodeBase64 } from '../../formats/der/base64.ts';
import type { CreationStep, CreationVerdict } from './creation-plan.ts';
import type { CreationSpec } from './creation-spec.ts';
import { findKey, getPlace, readExistingText, type ExistingKey, type Folder } from './found-files.ts';

type ServiceAccountWish = NonNullable<CreationSpec['serviceAccountKey']>;

export interface ServiceAccountTask {
  step: CreationStep;
  wish: ServiceAccountWish;
  /** Present only if the private key is kept. */
  spki: Uint8Array | undefined;
}

const PUBLIC_KEY = /-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----/u;

/** Keeps an existing private key, on which issued tokens depend. Derives a missing or mismatched public key from it. */
export async function findServiceAccountKey(at: Folder, wish: ServiceAccountWish): Promise<ServiceAccountTask> {
  const key = await findKey(at, `${wish.pair}.key`);
  const spki = key.state === 'read' ? key.spki : undefined;
  const published = await readExistingText(at.ports, getPlace(at, `${wish.pair}.pub`));
  const files = [`${wish.pair}.key`, `${wish.pair}.pub`].map((file) => getPlace(at, file));
  const [path = ''] = files;
  const state = getState(key, published);
  return { step: { kind: 'service-account-key', path, files, ...state }, wish, spki };
}

function getState(key: ExistingKey, published: string | undefined): CreationVerdict {
  if (key.state === 'unreadable') return { action: 'blocked', reason: 'key-unreadable' };
  if (key.state === 'absent')
    return published === undefined
      ? { action: 'create', reason: 'missing' }
      : { action: 'remake', reason: 'key-missing' };
  if (published === undefined) return { action: 'create', reason: 'public-key-missing' };
  const [, body = ''] = PUBLIC_KEY.exec(published) ?? [];
  const bytes = decodeBase64(body);
  const isOwn = bytes !== undefined && isSameBytes(bytes, key.spki);
  return isOwn ? { action: 'keep', reason: 'matches' } : { action: 'remake', reason: 'key-does-not-belong' };
}
