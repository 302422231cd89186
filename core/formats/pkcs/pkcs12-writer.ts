import type { Ports } from '../../shared/ports.ts';
import {
  bmpString,
  explicit,
  implicit,
  identify,
  octetString,
  sequence,
  encodeSet,
  smallInteger,
} from '../der/der-writer.ts';
import {
  CERTIFICATE_BAG,
  DATA,
  ENCRYPTED_DATA,
  FRIENDLY_NAME,
  LOCAL_KEY_ID,
  SHROUDED_KEY_BAG,
  X509_CERTIFICATE,
} from './pkcs12-identifiers.ts';
import { Pkcs12Protection, type Encrypted, type Pkcs12Encryption } from './pkcs12-protection.ts';

export interface Pkcs12Content {
  /** DER. The certificate of the key comes first, as readers expect. */
  certificates: readonly Uint8Array[];
  /** PKCS #8 DER, and the index of the key's certificate, which is not verified. */
  key?: { pkcs8: Uint8Array; certificate: number };
  /** The name that Windows shows. Set on the key and its certificate or, without a key, on the first certificate. */
  friendlyName?: string;
  passphrase: string;
  encryption: Pkcs12Encryption;
  /** Rounds of each key derivation; 100,000 by default, 10,000 with 3DES. */
  rounds?: number;
}

const VERSION = 3;

type WriterPorts = Pick<Ports, 'keys' | 'crypto'>;

/**
 * Makes a PFX of certificates and at most one private key (RSA or EC), all encrypted and covered by a MAC. Except for
 * random salts, the same content always yields the same bytes. Source: RFC 7292.
 */
export async function writePkcs12(ports: WriterPorts, content: Pkcs12Content): Promise<Uint8Array> {
  const { certificates, key } = content;
  if (key !== undefined && certificates[key.certificate] === undefined) {
    throw new Error('a key needs its certificate in the same file');
  }
  const protection = new Pkcs12Protection(ports.keys, content);
  try {
    const parts: Uint8Array[] = [];
    if (certificates.length > 0) {
      parts.push(encodeEncryptedData(await protection.encrypt(sequence(...certificateBags(ports, content)))));
    }
    if (key !== undefined) {
      const shrouded = encodeShroudedKey(await protection.encrypt(key.pkcs8));
      const bag = safeBag(SHROUDED_KEY_BAG, shrouded, listAttributes(ports, content, key.certificate));
      parts.push(data(sequence(bag)));
    }
    const safe = sequence(...parts);
    return sequence(smallInteger(VERSION), data(safe), await protection.mac(safe));
  } finally {
    protection.wipe();
  }
}

function data(content: Uint8Array): Uint8Array {
  return identify(DATA, explicit(0, octetString(content)));
}

function encodeEncryptedData({ algorithm, content }: Encrypted): Uint8Array {
  const inside = identify(DATA, algorithm, implicit(0, content));
  return identify(ENCRYPTED_DATA, explicit(0, sequence(smallInteger(0), inside)));
}

/** Source: RFC 5958 section 3. */
function encodeShroudedKey({ algorithm, content }: Encrypted): Uint8Array {
  return sequence(algorithm, octetString(content));
}

function safeBag(type: string, value: Uint8Array, attributes: readonly Uint8Array[]): Uint8Array {
  const named = attributes.length === 0 ? [] : [encodeSet(...attributes)];
  return identify(type, explicit(0, value), ...named);
}

function certificateBags(ports: WriterPorts, content: Pkcs12Content): Uint8Array[] {
  return content.certificates.map((der, index) => {
    const value = identify(X509_CERTIFICATE, explicit(0, octetString(der)));
    const isNamed = index === (content.key?.certificate ?? 0);
    return safeBag(CERTIFICATE_BAG, value, isNamed ? listAttributes(ports, content, index) : []);
  });
}

/** Lists the name and, like openssl, the certificate's digest, which links certificate and key. */
function listAttributes({ crypto }: WriterPorts, content: Pkcs12Content, index: number): Uint8Array[] {
  const { certificates, friendlyName, key } = content;
  const certificate = certificates[index];
  const attribute = (type: string, value: Uint8Array): Uint8Array => identify(type, encodeSet(value));
  return [
    ...(friendlyName === undefined ? [] : [attribute(FRIENDLY_NAME, bmpString(friendlyName))]),
    ...(key === undefined || certificate === undefined
      ? []
      : [attribute(LOCAL_KEY_ID, octetString(crypto.sha1(certificate)))]),
  ];
}
