import { afterAll, beforeAll, expect, test } from 'vitest';
import { loginFile } from '../../support/fleet.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';
import { TestWorld } from '../cli/test-world.ts';
import { Pki } from '../inventory/pki.ts';

/*
 * No command may contain a cluster name that is known only from a folder. The test searches all output, so that it also
 * covers output that is added later.
 */

const GUESS = 'zeppelin7';
const pki = new Pki();
afterAll(() => pki.remove());
const files: Record<string, string> = {};

beforeAll(() => {
  const ca = pki.issue({ subject: '/CN=kubernetes', days: [-300, 3000], usage: 'ca' });
  const names = 'DNS:kubernetes,DNS:kubernetes.default.svc,DNS:cp-a';
  const ended = pki.issue({ subject: '/CN=kube-apiserver', issuer: ca, days: [-9, -5], usage: 'server', names });
  const agent = pki.issue({ subject: '/CN=cloud', days: [-200, 165], usage: 'ca' });
  const kms = pki.issue({ subject: '/CN=csi-controller', issuer: agent, days: [-120, -30] });
  files[`/in/${GUESS}/pki/ca.crt`] = ca.crt;
  files[`/in/${GUESS}/pki/apiserver.crt`] = ended.crt;
  files['/in/agent/csi.crt'] = kms.crt;
  const [path, content] = loginFile({ identity: 'kvactl', ageDays: 120, agent: 'ca-1' });
  files[`/in${path}`] = content;
  files['/revoke.yaml'] = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata: { name: lost, namespace: kube-system }
spec:
  revocations:
  - { kind: serialnumber, value: "${ended.id.slice(0, 16)}", notBefore: "2026-11-01T00:00:00Z" }
`;
});

/** Matches the guessed name wherever a cmdlet or a script takes the name of a cluster. */
const AS_A_NAME = new RegExp(
  [
    String.raw`-(?:name|clusterName)\s+['"]?${GUESS}`,
    String.raw`config\.before-[^\n]*${GUESS}`,
    String.raw`\$(?:cluster|Name)\w*\s*=\s*['"]${GUESS}`,
  ].join('|'),
  'iu',
);

async function collectTexts(...words: string[]): Promise<string> {
  const memory = new MemoryFiles();
  for (const [path, content] of Object.entries(files)) memory.put(path, content);
  const ports = testPorts(memory);
  const { out, notices } = await new TestWorld(ports).run(...words);
  const texts = [out, notices];
  for (const name of ['plan.ps1', 'plan.md', 'plan.html', 'report.html'])
    texts.push(
      await ports.files.read(`/folder/${name}`, 10_000_000).then(
        (bytes) => new TextDecoder().decode(bytes),
        () => '',
      ),
    );
  return texts.join('\n');
}

test.each([
  ['the repair plan', ['repair', 'plan', '--inventory', '/in']],
  ['the repair plan of the cluster with that name', ['repair', 'plan', '--inventory', '/in', '--cluster', GUESS]],
  ['the script of the repair plan', ['repair', 'plan', '--inventory', '/in', '--out', 'plan.ps1']],
  ['the page of the repair plan', ['repair', 'plan', '--inventory', '/in', '--out', 'plan.html']],
  ['the diagnosis', ['repair', 'diagnose', '--cluster', GUESS, '--inventory', '/in']],
  ['the power-off cards', ['expiry', 'poweroff', '/in']],
  ['the maintenance plan', ['expiry', 'plan', '/in']],
  ['the report', ['expiry', 'report', '/in', '--out', 'report.html']],
  ['the update plan', ['update', 'plan', '--inventory', '/in']],
  ['the script of the update plan', ['update', 'plan', '--inventory', '/in', '--out', 'plan.ps1']],
  ['the preview of a revocation', ['revocation', 'preview', '/revoke.yaml', '--inventory', '/in']],
])('%s contains a placeholder instead of a guessed name', async (_, words) => {
  const text = await collectTexts(...words);
  expect(text).toMatch(/zeppelin7|<cluster>/u);
  expect(text).not.toMatch(AS_A_NAME);
});

test('the search finds a name that a file states, so it would also find a guessed one', async () => {
  const authority = Buffer.from(files[`/in/${GUESS}/pki/ca.crt`] ?? '').toString('base64');
  files['/in/config'] = `apiVersion: v1
kind: Config
clusters: [{ name: ${GUESS}, cluster: { server: 'https://10.0.0.1:6443', certificate-authority-data: ${authority} } }]
contexts: [{ name: x, context: { cluster: ${GUESS}, user: y } }]
users: [{ name: y, user: {} }]
`;
  expect(await collectTexts('repair', 'plan', '--inventory', '/in')).toMatch(AS_A_NAME);
  delete files['/in/config'];
});
