import { decodeOwnBase64, encodeBase64 } from '../../formats/der/base64.ts';
import type { Ports } from '../../shared/ports.ts';
import { rememberedFile, type RememberedFile } from '../store/schemas.ts';
import { KEY_BYTES } from './key-derivation.ts';

/** Protects an unlock key with the operating system's vault. `vault.not-available`. */
export async function encodeRemembered({ vault }: Pick<Ports, 'vault'>, key: Uint8Array): Promise<string> {
  const file: RememberedFile = { schema: 1, guarded: encodeBase64(await vault.protect(key)) };
  return `${JSON.stringify(file)}\n`;
}

/** The caller wipes the unlock key; `undefined` when the vault does not return it. */
export async function decodeRemembered(
  { vault, keys }: Pick<Ports, 'vault' | 'keys'>,
  content: Uint8Array,
): Promise<Uint8Array | undefined> {
  const guarded = guardedIn(content);
  const key = guarded === undefined ? undefined : await vault.unprotect(guarded);
  if (key === undefined || key.length === KEY_BYTES) return key;
  keys.wipe(key);
  return undefined;
}

function guardedIn(content: Uint8Array): Uint8Array | undefined {
  try {
    const parsed = rememberedFile.safeParse(JSON.parse(new TextDecoder().decode(content)));
    return parsed.success ? decodeOwnBase64(parsed.data.guarded) : undefined;
  } catch {
    return undefined;
  }
}
