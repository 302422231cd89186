import { expect, test } from 'vitest';
import type { CredentialCandidate } from '../../../../core/inventory/assign/candidate.ts';
import { listCopies } from '../../../../core/inventory/assign/copies.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';

/** Makes a certificate in a plain file; only its role, holder, start and path matter. */
function plainFile(path: string, role: RoleId, start: string, holder: string = role): CredentialCandidate {
  const facts = {
    notBefore: start,
    issuer: { text: ROLES[role].issuer ?? '' },
    subject: { text: `CN=${holder}`, cn: holder },
    sans: { dns: [] },
  };
  const place = { path, entry: '', origin: { format: 'pem' } };
  return { kind: 'certificate', id: path, role, layer: ROLES[role].layer, name: holder, facts, ...place } as never;
}

const listPaths = (...files: CredentialCandidate[]): string[] => [...listCopies(files, [], [])].sort();
const OLD = '2026-09-01T00:00:00Z';
const NEW = '2026-11-01T00:00:00Z';

test.each([
  ['slashes', '/export/pki/healthcheck-client.crt'],
  ['backslashes', 'D:\\Export\\PKI\\healthcheck-client.crt'],
])('a certificate in a folder for certificates is no copy if no newer one was read, with %s', (_, path) => {
  const node = plainFile('/nodes/cp-1/etc/kubernetes/pki/apiserver.crt', 'apiserver', NEW);
  expect(listPaths(node, plainFile(path, 'etcd-healthcheck-client', OLD))).toEqual([]);
});

test('a lone certificate of a client of the cloud agent is no copy, although a host was read', () => {
  const host = plainFile('/hv-01/ProgramData/wssdagent/agent.crt', 'node-agent', NEW, 'hv-01');
  expect(listPaths(host, plainFile('/files/mocctl.crt', 'mocctl', OLD))).toEqual([]);
});

test('nodes that an admin collected in one profile stay apart', () => {
  const files = ['cp-1', 'cp-2'].flatMap((node, at) => {
    const pki = `C:\\Users\\ana\\collected\\${node}\\etc\\kubernetes\\pki`;
    return [
      plainFile(`${pki}\\etcd\\server.crt`, 'etcd-server', at === 0 ? OLD : NEW, node),
      plainFile(`${pki}\\apiserver.crt`, 'apiserver', NEW, node),
      plainFile(`${pki}\\front-proxy-client.crt`, 'front-proxy-client', at === 0 ? OLD : NEW),
    ];
  });
  expect(listPaths(...files)).toEqual([]);
});
