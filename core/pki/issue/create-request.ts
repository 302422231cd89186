import { requestInfo, type RequestTemplate } from '../../formats/x509/csr-writer.ts';
import type { Ports, PrivateKey } from '../../shared/ports.ts';
import { signObject } from './issue.ts';

export function createRequest(
  ports: Pick<Ports, 'keys'>,
  { template, key }: { template: RequestTemplate; key: PrivateKey },
): Uint8Array {
  return signObject(ports, key, () => requestInfo(template, key.spki));
}
