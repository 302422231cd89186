/** Returns the DER of every block in PEM text, whatever its label. */
export function decodePemBlocks(pem: string): Uint8Array[] {
  const blocks = [...pem.matchAll(/-----BEGIN [^-]+-----([^-]+)-----END/gu)];
  return blocks.map(([, body = '']) => new Uint8Array(Buffer.from(body, 'base64')));
}
