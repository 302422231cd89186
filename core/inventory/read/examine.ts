import { decodeRequest } from '../../formats/x509/csr.ts';
import { requestsIn } from '../../formats/x509/request-file.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Ports } from '../../shared/ports.ts';
import type { Examination } from '../contract.ts';
import { MAX_FILE_BYTES } from './read-paths.ts';

/** More are easier to read in the table, after an import. */
export const MOST_EXAMINED = 50;

/** Reads the certificate requests in the files that the findings name. Requests in archives appear only in the findings. */
export async function examineRequests(
  ports: Pick<Ports, 'files' | 'keys'>,
  findings: readonly Finding[],
): Promise<Examination['requests']> {
  const found = findings.filter(({ rule }) => rule === 'request.holds-no-credential');
  const paths = [...new Set(found.flatMap(({ place }) => place.path ?? []))].slice(0, MOST_EXAMINED);
  if (paths.length === 0) return [];
  // Most files hold no request.
  const { examineRequest } = await import('../../pki/issue/sign-request.ts');
  const requests: Examination['requests'] = [];
  for (const path of paths)
    for (const der of requestsIn(await ports.files.read(path, MAX_FILE_BYTES)).slice(0, MOST_EXAMINED))
      if (decodeRequest(der).ok) requests.push({ path, ...examineRequest(ports, der) });
  return requests;
}
