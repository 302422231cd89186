import { z } from 'zod';
import { isClusterId, type ClusterId, type CredentialId } from '../ids.ts';
import { isInstant, type Instant } from '../instant.ts';
import type { FileTicket } from '../ticket.ts';

/* The limits are far above anything that a screen sends, so a larger argument is a mistake or an attack. */

export const MOST_ITEMS = 20_000;
/** Four times the largest measured fleet. */
export const MOST_CLUSTERS = 100_000;
export const MOST_TEXT = 1_000_000;
const MOST_NAME = 1_000;
export const MOST_NAMES = 200;
const MOST_PASSPHRASE = 10_000;
const MOST_PAGE = 1_000;

export const textLike = <T extends string>(pattern: RegExp): z.ZodType<T> =>
  z.custom<T>((value) => typeof value === 'string' && pattern.test(value));

export const instantField = z.custom<Instant>(isInstant);
export const clusterId = z.custom<ClusterId>((value) => typeof value === 'string' && isClusterId(value));
const CREDENTIAL_ID_DIGITS = 64;
export const isCredentialId = (value: unknown): value is CredentialId =>
  typeof value === 'string' && value.length === CREDENTIAL_ID_DIGITS && isHex(value);
export const credentialId = z.custom<CredentialId>(isCredentialId);
export const fileTicket = textLike<FileTicket>(/^[0-9a-f]{32}$/u);

/** Longer than any accepted name, so that an invalid name gets its own problem. */
export const name = z.string().max(MOST_NAME);
export const names = z.array(name).max(MOST_NAMES);
export const passphrase = z.string().max(MOST_PASSPHRASE);
export const pastedTexts = z.array(z.string().max(MOST_TEXT)).max(MOST_NAMES);
export const index = z.int().min(0).max(MOST_TEXT);
export const pageLimit = z.int().min(1).max(MOST_PAGE);

/** Requires a schema for every field: a strict object would refuse a forgotten one. */
export type SchemaFields<T> = { [Name in keyof Required<T>]: z.ZodType<T[Name]> };

/**
 * Returns whether a text has only lower-case hex digits. A store has a hundred thousand ids, and `RegExp` takes five
 * times as long.
 */
function isHex(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isDigit = (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66);
    if (!isDigit) return false;
  }
  return true;
}
