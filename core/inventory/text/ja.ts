import type english from './en.ts';
import certificates from './ja/certificates.ts';
import containers from './ja/containers.ts';
import decoding from './ja/decoding.ts';
import findings from './ja/findings.ts';
import identity from './ja/identity.ts';

export default { ...certificates, ...containers, ...decoding, ...findings, ...identity } satisfies Record<
  keyof typeof english,
  string
>;
