import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { element, integer, octets, oid, sequence } from './certificates.ts';

/*
 * Builds PFX files piece by piece with Node's crypto alone, independently of the reader and of node-forge, so that each
 * checks the other. Also builds files that no program writes. Source: RFC 7292.
 */

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const BAG = '1.2.840.113549.1.12.10.1';
const THREE_DES = '1.2.840.113549.1.12.1.3';
const SALT = Buffer.from('0102030405060708', 'hex');

/**
 * Returns the passphrase in UTF-16 with two zero bytes at the end; for `undefined`, no bytes at all, which is the other
 * form of an empty passphrase.
 */
export function legacyPassphrase(passphrase: string | undefined): Buffer {
  if (passphrase === undefined) return Buffer.alloc(0);
  return Buffer.from(`${passphrase}\0`, 'utf16le').swap16();
}

const repeatBytes = (bytes: Buffer, length: number): Buffer =>
  bytes.length === 0 ? bytes : Buffer.alloc(length, bytes);
const number = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

/**
 * Derives a key by RFC 7292 appendix B.2 with SHA-1; `id` is 1 for keys, 2 for initialization vectors and 3 for MACs.
 */
function legacyKey(passphrase: Buffer, { id, rounds, length }: { id: number; rounds: number; length: number }): Buffer {
  const block = 64;
  const up = (bytes: Buffer): Buffer => repeatBytes(bytes, Math.ceil(bytes.length / block) * block);
  let input = Buffer.concat([up(SALT), up(passphrase)]);
  let key = Buffer.alloc(0);
  while (key.length < length) {
    let digest = Buffer.concat([Buffer.alloc(block, id), input]);
    for (let round = 0; round < rounds; round += 1) digest = createHash('sha1').update(digest).digest();
    key = Buffer.concat([key, digest]);
    const added = number(repeatBytes(digest, block)) + 1n;
    const blocks = Array.from({ length: input.length / block }, (_, index) => {
      const sum = number(input.subarray(index * block, (index + 1) * block)) + added;
      return Buffer.from(
        BigInt.asUintN(block * 8, sum)
          .toString(16)
          .padStart(block * 2, '0'),
        'hex',
      );
    });
    input = Buffer.concat(blocks);
  }
  return key.subarray(0, length);
}

const hexNumber = (value: number): Buffer => {
  const hex = value.toString(16);
  return integer(hex.length % 2 === 0 ? `00${hex}` : `0${hex}`);
};

/** The maximum number of rounds actually computed. Files that declare more are not meant to be opened. */
const MAX_ROUNDS = 100;

/** Returns the AlgorithmIdentifier and the ciphertext. */
function encryptBytes(plain: Buffer, passphrase: Buffer, rounds: number): [Buffer, Buffer] {
  const done = Math.min(rounds, MAX_ROUNDS);
  const key = legacyKey(passphrase, { id: 1, rounds: done, length: 24 });
  const iv = legacyKey(passphrase, { id: 2, rounds: done, length: 8 });
  const cipher = createCipheriv('des-ede3-cbc', key, iv);
  const algorithm = sequence(oid(THREE_DES), sequence(octets(SALT), hexNumber(rounds)));
  return [algorithm, Buffer.concat([cipher.update(plain), cipher.final()])];
}

const explicit = (content: Buffer): Buffer => element(0xa0, content);
export const bag = (kind: number, value: Buffer, ...attributes: Buffer[]): Buffer =>
  sequence(oid(`${BAG}.${kind}`), explicit(value), ...(attributes.length === 0 ? [] : [element(0x31, ...attributes)]));
export const localKeyId = (hex: string): Buffer =>
  sequence(oid('1.2.840.113549.1.9.21'), element(0x31, octets(Buffer.from(hex, 'hex'))));
export const encodeFriendlyName = (name: string): Buffer =>
  sequence(oid('1.2.840.113549.1.9.20'), element(0x31, element(0x1e, Buffer.from(name, 'utf16le').swap16())));

export const certificateBag = (der: Uint8Array, ...attributes: Buffer[]): Buffer =>
  bag(3, sequence(oid('1.2.840.113549.1.9.22.1'), explicit(octets(der))), ...attributes);
export const keyBag = (pkcs8: Uint8Array, ...attributes: Buffer[]): Buffer => bag(1, Buffer.from(pkcs8), ...attributes);
export const encodeShroudedBag = (
  pkcs8: Uint8Array,
  passphrase: Buffer,
  { rounds = 1, attributes = [] }: { rounds?: number; attributes?: Buffer[] } = {},
): Buffer => {
  const [algorithm, content] = encryptBytes(Buffer.from(pkcs8), passphrase, rounds);
  return bag(2, sequence(algorithm, octets(content)), ...attributes);
};

export const clearPart = (...bags: Buffer[]): Buffer => sequence(oid(DATA), explicit(octets(sequence(...bags))));

/** Returns a ContentInfo whose bags are encrypted with 3DES. */
export function encryptBags(passphrase: Buffer, ...bags: Buffer[]): Buffer {
  const [algorithm, content] = encryptBytes(sequence(...bags), passphrase, 1);
  const inside = sequence(oid(DATA), algorithm, element(0x80, content));
  return sequence(oid(ENCRYPTED_DATA), explicit(sequence(integer('00'), inside)));
}

/** Returns a PFX, with a SHA-1 MAC if a passphrase is given for the MAC. */
export function pfx(parts: Buffer[], mac?: { passphrase: Buffer; rounds?: number }): Buffer {
  const safe = sequence(...parts);
  const content = sequence(oid(DATA), explicit(octets(safe)));
  if (mac === undefined) return sequence(integer('03'), content);
  const { passphrase, rounds = 1 } = mac;
  const done = Math.min(rounds, MAX_ROUNDS);
  const key = legacyKey(passphrase, { id: 3, rounds: done, length: 20 });
  const digest = createHmac('sha1', key).update(safe).digest();
  const algorithm = sequence(oid('1.3.14.3.2.26'), element(0x05));
  const macData = sequence(sequence(algorithm, octets(digest)), octets(SALT), hexNumber(rounds));
  return sequence(integer('03'), content, macData);
}
