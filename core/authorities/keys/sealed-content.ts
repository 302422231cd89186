import type { z } from 'zod';
import { decodeOwnBase64, encodeBase64 } from '../../formats/der/base64.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Crypto } from '../../shared/ports.ts';
import type { JsonObject } from '../../store/migrations.ts';
import { NONCE_BYTES, SALT_BYTES } from './key-derivation.ts';

export const VERSION = 1;

/**
 * The form of key files and keyrings in every version: a readable header, the content sealed with it, and a checksum
 * over both. The checksum distinguishes damage from a wrong passphrase; the seal cannot.
 */
export interface SealedContent {
  header: JsonObject;
  /** Ciphertext and tag. */
  sealed: Uint8Array;
}

/** Returns what the seal authenticates: the header exactly as in the file. */
export function headerBytes(header: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(header));
}

export function encodeSealed(crypto: Pick<Crypto, 'sha256Hex'>, header: object, sealed: Uint8Array): JsonObject {
  const content = { header, sealed: encodeBase64(sealed) };
  return { ...content, sha256: checksum(crypto, content) };
}

/** Returns `undefined` for any other form. Ignores additional fields. */
export function decodeSealed(
  crypto: Pick<Crypto, 'sha256Hex'>,
  json: JsonObject,
): (SealedContent & { intact: boolean }) | undefined {
  const { header, sealed, sha256 } = json;
  if (!isFlat(header) || typeof sealed !== 'string' || typeof sha256 !== 'string') return undefined;
  const bytes = decodeOwnBase64(sealed);
  if (bytes === undefined) return undefined;
  return { header, sealed: bytes, intact: checksum(crypto, { header, sealed }) === sha256 };
}

/**
 * Reads a header of version 1. Throws `key-file.newer` or `key-file.damaged`. Headers of every version contain `format`
 * and `version`.
 */
export function readHeader<H extends { salt: string; nonce: string }>(
  { header }: SealedContent,
  shape: z.ZodType<H>,
  { format, path }: { format: string; path: string },
): Omit<H, 'salt' | 'nonce'> & { salt: Uint8Array; nonce: Uint8Array } {
  const { format: found, version } = header;
  if (found === format && typeof version === 'number' && Number.isInteger(version) && version > VERSION)
    throw new ConsoleError('key-file.newer', { path, version, known: VERSION });
  const { data } = shape.safeParse(header);
  const salt = data && decodeOwnBase64(data.salt);
  const nonce = data && decodeOwnBase64(data.nonce);
  if (data === undefined || salt?.length !== SALT_BYTES || nonce?.length !== NONCE_BYTES)
    throw damageProblem(path, 'altered');
  return { ...data, salt, nonce };
}

/**
 * `torn`: incomplete or another kind of file. `changed`: wrong checksum. `altered`: right checksum but wrong seal,
 * which cannot happen by chance.
 */
export function damageProblem(path: string, damage: 'torn' | 'changed' | 'altered'): ConsoleError {
  return new ConsoleError('key-file.damaged', { path, damage });
}

/** Accepts only strings and numbers: JSON nested a hundred thousand levels deep can be parsed but not written again. */
function isFlat(header: unknown): header is JsonObject {
  if (typeof header !== 'object' || header === null || Array.isArray(header)) return false;
  return Object.values(header).every((value) => ['string', 'number'].includes(typeof value));
}

/** Covers `{"header":…,"sealed":"…"}` without white space. */
function checksum(crypto: Pick<Crypto, 'sha256Hex'>, content: { header: object; sealed: string }): string {
  return crypto.sha256Hex(new TextEncoder().encode(JSON.stringify(content)));
}
