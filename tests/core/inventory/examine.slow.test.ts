import { afterAll, expect, test } from 'vitest';
import { InventoryService } from '../../../core/inventory/service.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { openssl } from '../../support/openssl.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';
import { kubeconfig, Pki } from './pki.ts';

const pki = new Pki();
afterAll(() => pki.remove());

function makeRequest(...words: string[]): string {
  return openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null', ...words).toString();
}

async function examine(contents: Record<string, string>) {
  const files = new MemoryFiles();
  for (const [path, content] of Object.entries(contents)) files.put(path, content);
  const store = memoryStore();
  const service = new InventoryService({ ports: testPorts(files), store });
  const found = await service.examineFiles(Object.keys(contents));
  expect(store.clusters()).toEqual([]);
  return found;
}

test('files are examined as an import reads them, and the store stays empty', async () => {
  const ca = pki.ca('/CN=kubernetes').crt;
  const { credentials, count, requests } = await examine({
    '/config': kubeconfig({ cluster: 'retail', ca }),
    '/one.csr': makeRequest('-subj', '/CN=one/O=ops', '-addext', 'subjectAltName=DNS:one.example,IP:10.0.0.7'),
  });
  expect(credentials.length).toBe(count);
  expect(credentials.map(({ certificate }) => certificate?.facts.subject.cn)).toContain('kubernetes');
  expect(requests).toMatchObject([
    { path: '/one.csr', key: 'RSA 2048', sans: { dns: ['one.example'], ip: ['10.0.0.7'] }, refusal: undefined },
  ]);
  expect(requests[0]?.subject).toContain('CN=one');
});

test('a request that no CA should sign states the reason, and a damaged one does not hide the others', async () => {
  const good = makeRequest('-subj', '/CN=good');
  const damaged = good.replace(/\n.{20}/u, '\nAAAAAAAAAAAAAAAAAAAA');
  const nameless = makeRequest('-subj', '/');
  const { requests, findings } = await examine({ '/bundle.pem': damaged + nameless + good, '/notes.txt': 'hello' });
  expect(requests.map(({ subject, refusal }) => [subject, refusal?.code])).toEqual([
    ['', 'csr.no-name'],
    ['CN=good', undefined],
  ]);
  expect(findings.map(({ rule }) => rule)).toContain('request.unreadable');
});
