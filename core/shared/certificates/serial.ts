interface SerialNotations {
  /** Lower case, two digits per byte, no leading zero bytes; prefixed with `-` if negative. */
  hex: string;
  decimal: string;
  /** Upper case with colons between bytes, as openssl prints long serials. */
  colon: string;
}

const SERIAL = /^-?(?:[0-9a-fA-F]{2})+$/;

/**
 * Formats a serial number given like `CertificateFacts.serialHex`. Throws a plain `Error` (a bug) for any other text.
 */
export function formatSerial(serialHex: string): SerialNotations {
  if (!SERIAL.test(serialHex)) throw new Error(`not a serial number: ${serialHex}`);
  const sign = serialHex.startsWith('-') ? '-' : '';
  const digits = serialHex.slice(sign.length).toLowerCase();
  const pairs = digits.match(/../g) ?? [];
  return {
    hex: sign + digits,
    decimal: sign + BigInt(`0x${digits}`).toString(),
    colon: sign + pairs.join(':').toUpperCase(),
  };
}
