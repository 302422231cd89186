import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SigningAuthority } from '../../../../core/pki/issue/issue.ts';
import type { PathVerdict } from '../../../../core/pki/model/verdict.ts';
import { verifyChain, type VerifyRequest } from '../../../../core/pki/verify/verify.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import type { PrivateKey } from '../../../../core/shared/ports.ts';
import {
  bits,
  boolean,
  commonName,
  element,
  extension,
  octets,
  relativeName,
  sequence,
  text,
} from '../../../support/certificates.ts';
import { anOddAuthority, aRoot, NOW, ports } from './verification-pki.ts';

/*
 * Chains whose certificates differ in their names and in extensions that affect the path. Both the engine and `openssl
 * verify` judge the same DER.
 */

/** One certificate of a chain; chains begin with the root. */
export interface Link {
  /** A CA with the same name as the previous CA is self-issued. */
  name: string;
  /** Additional attributes of the subject, before its common name. */
  subject?: Buffer[];
  /** DER of extensions in addition to those that every certificate at this position has. */
  extensions: Buffer[];
}

export interface Chain {
  /** From the leaf to the root. */
  ders: Uint8Array[];
}

export const organization = (value: string): Buffer => relativeName('2.5.4.10', text(0x0c, value));
export const unit = (value: string): Buffer => relativeName('2.5.4.11', text(0x0c, value));

const linkSubject = ({ name, subject = [] }: Link): Buffer =>
  sequence(...subject, relativeName('2.5.4.3', text(0x0c, name)));

let pool: Promise<PrivateKey>[] | undefined;

/**
 * Makes a chain whose last link is the leaf. Neighbours have different keys, because key identifiers distinguish
 * certificates.
 */
export async function makeChain(links: readonly Link[]): Promise<Chain> {
  pool ??= Array.from({ length: 8 }, () => ports.keys.generate('p-256'));
  const keys = await Promise.all(pool);
  const template = await aRoot({ name: 'template' }, keys[0]);
  const ders: Uint8Array[] = [];
  let issuer: SigningAuthority | undefined;
  let issuerName = commonName('');
  for (const [index, link] of links.entries()) {
    const key = keys[index % keys.length];
    if (key === undefined) throw new Error('no key');
    const isLeaf = index === links.length - 1;
    const signer = issuer ?? { ...template, key };
    const subject = linkSubject(link);
    const parts = {
      subject,
      issuer: issuer === undefined ? subject : issuerName,
      extensions: [
        ...(isLeaf ? [] : [extension('2.5.29.19', sequence(boolean(0xff)), true)]),
        extension('2.5.29.15', isLeaf ? bits(Buffer.from([0x80]), 7) : bits(Buffer.from([0x06]), 1), true),
        extension('2.5.29.14', octets(identifier(key))),
        extension('2.5.29.35', sequence(element(0x80, identifier(signer.key)))),
        ...link.extensions,
      ],
    };
    issuer = anOddAuthority(signer, key, parts);
    issuerName = subject;
    ders.unshift(issuer.der);
  }
  return { ders };
}

function identifier({ spki }: PrivateKey): Buffer {
  return createHash('sha1').update(spki).digest();
}

export function judge({ ders }: Chain, request: Partial<VerifyRequest> = {}): PathVerdict {
  return verifyChain(ports, {
    chain: ders.slice(0, -1),
    roots: ders.slice(-1),
    crls: [],
    revocations: [],
    at: NOW,
    purpose: 'any',
    revocationCheck: false,
    ...request,
  });
}

export interface PeerAnswer {
  accepted: boolean;
  /** The first error: openssl's number, and the distance from the leaf. */
  error?: { code: number; depth: number };
}

/** Returns whether `openssl verify` accepts the leaf, and its first error. */
export function askOpenssl({ ders }: Chain, folder: string, options: readonly string[] = []): PeerAnswer {
  const file = (name: string, list: readonly Uint8Array[]): string => {
    const path = join(folder, name);
    writeFileSync(path, list.map((der) => encodePem('CERTIFICATE', der)).join(''));
    return path;
  };
  const { status, stdout, stderr } = spawnSync(
    'openssl',
    [
      ...['verify', '-no-CApath', '-no-CAstore', '-auth_level', '2', '-attime', String(Date.parse(NOW) / 1000)],
      ...['-CAfile', file('root.pem', ders.slice(-1))],
      ...(ders.length < 3 ? [] : ['-untrusted', file('untrusted.pem', ders.slice(1, -1))]),
      ...[...options, file('leaf.pem', ders.slice(0, 1))],
    ],
    { encoding: 'utf8' },
  );
  const [, code, depth] = /^error (\d+) at (\d+) depth lookup/mu.exec(stderr) ?? [];
  if (status !== 0 && code === undefined) throw new Error(`openssl failed: ${stdout}${stderr}`);
  return { accepted: status === 0, ...(code !== undefined && { error: { code: Number(code), depth: Number(depth) } }) };
}

/**
 * Returns a generator of pseudorandom choices, which are the same in every run. Source: Steele and Vigna's mulberry32.
 */
export function seedRandom(seed: number): { chance: (share: number) => boolean; pick: <T>(list: readonly T[]) => T } {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    chance: (share) => next() < share,
    pick: <T>(list: readonly T[]): T => {
      const chosen = list[Math.floor(next() * list.length)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
  };
}
