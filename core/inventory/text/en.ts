import certificates from './en/certificates.ts';
import containers from './en/containers.ts';
import decoding from './en/decoding.ts';
import findings from './en/findings.ts';
import identity from './en/identity.ts';

const english = { ...certificates, ...containers, ...decoding, ...findings, ...identity } as const;
export default english;

type InventoryMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends InventoryMessages {}
}
