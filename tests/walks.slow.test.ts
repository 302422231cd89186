import { Session } from 'node:inspector/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ROOT } from '../build/paths.mjs';
import { openConsole, type TestConsole } from './support/console.ts';
import { kubeconfig, Pki } from './core/inventory/pki.ts';

/** The ways through the code in docs/architecture.md, each with the files that it names. */
const WALKS = [
  ...readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')
    .split('A newcomer’s test')[1]!
    .split('\n## ')[0]!
    .matchAll(/^```\n(?<lines>.*?)^```/gmsu),
].map(({ groups }) => groups!['lines']!.split('\n').flatMap((line) => /^\S+\.ts/u.exec(line)?.[0] ?? []));

/** The maximum number of named functions of `core` that each way may enter: a longer way is harder to follow. */
const MOST_FUNCTIONS = [400, 250, 340] as const;

const SYMPTOM = 'Unable to connect to the server: x509: certificate has expired or is not yet valid';
const MANIFEST = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: lost-laptop
  namespace: kube-system
spec:
  description: A laptop was lost
  revocations:
  - description: Its certificate
    kind: serialnumber
    serialNumber: "77fdf4b1033b387aaace6ce1c18710c2"
`;

const pki = new Pki();
let console: TestConsole;
let session: Session;

beforeAll(async () => {
  const ca = pki.ca('/CN=kubernetes');
  const client = pki.issue({ subject: '/O=system:masters/CN=admin', issuer: ca, days: [-300, -1] });
  const files = { '/k': kubeconfig({ cluster: 'east', ca: ca.crt, client }) };
  // A rehearsal loads the modules, whose functions would count only if no other test has loaded them.
  const rehearsal = await openConsole({ files });
  for (const go of [importKubeconfig, writeRevocation, beginRun]) await go(rehearsal);
  console = await openConsole({ files });
  session = new Session();
  session.connect();
  await session.post('Profiler.enable');
});
afterAll(async () => {
  await session.post('Profiler.disable');
  session.disconnect();
  pki.remove();
});

interface Entered {
  files: Set<string>;
  /** Names, one entry for each function. */
  functions: string[];
}

/** Returns the files and functions that V8 counted as entered during `work`. */
async function recordEntered(work: () => Promise<unknown>): Promise<Entered> {
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await work();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  const entered = result.flatMap(({ url, functions }) => {
    const path = relative(ROOT, url.startsWith('file:') ? fileURLToPath(url) : url)
      .split(sep)
      .join('/');
    // The first function of a script is the script itself.
    const called = functions.slice(1).filter(({ ranges }) => ranges.some(({ count }) => count > 0));
    return called.map(({ functionName }) => ({ path, functionName }));
  });
  // V8 counts the initial values of fields as a function that has no name in the source.
  const isNamed = ({ functionName }: { functionName: string }): boolean => /^[\w#]/u.test(functionName);
  const inCore = entered.filter((each) => each.path.startsWith('core/') && isNamed(each));
  return { files: new Set(entered.map(({ path }) => path)), functions: inCore.map(({ functionName }) => functionName) };
}

function unwrap<T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

test('docs/architecture.md describes three ways through the code, and all files that it names exist', () => {
  expect(WALKS).toHaveLength(3);
  expect(WALKS.flat().filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  expect(Math.min(...WALKS.map((files) => files.length))).toBeGreaterThan(10);
});

test('importing a kubeconfig enters every file of the first way in docs/architecture.md, and few functions', async () => {
  holdWay(0, await recordEntered(() => importKubeconfig(console)));
});

test('turning a draft into YAML enters every file of the second way in docs/architecture.md, and few functions', async () => {
  holdWay(1, await recordEntered(() => writeRevocation(console)));
});

test('turning an error text into a run enters every file of the third way in docs/architecture.md, and few functions', async () => {
  holdWay(2, await recordEntered(() => beginRun(console)));
});

async function importKubeconfig(given: TestConsole): Promise<void> {
  const tickets = [given.ticket('/k', 'read:import')];
  const { added } = unwrap(await given.api.inventory.importFiles({ tickets }));
  expect(added).toHaveLength(2);
}

async function writeRevocation(given: TestConsole): Promise<void> {
  const { api } = given;
  const { id: documentId } = unwrap(await api.revocation.create({ text: MANIFEST }));
  const change = { kind: 'set-object', field: 'description', value: 'Lost' } as const;
  unwrap(await api.revocation.edit({ text: MANIFEST, objectIndex: 0, change }));
  unwrap(await api.revocation.judge({ documentId, text: MANIFEST }));
  unwrap(await api.revocation.keep({ documentId, text: MANIFEST, objectIndex: 0, step: 'impact' }));
  const target = given.ticket('/lost-laptop.yaml', 'write:yaml');
  unwrap(await api.revocation.save({ documentId, text: MANIFEST, target }));
  expect(given.files.paths()).toContain('/lost-laptop.yaml');
}

async function beginRun({ api }: TestConsole): Promise<void> {
  const answers = { texts: [SYMPTOM], answers: {}, clusters: ['east'], failures: [] };
  const { causes } = unwrap(await api.repair.diagnose(answers));
  expect(causes).not.toEqual([]);
  const { plan } = unwrap(await api.repair.plan(answers));
  const source = { kind: 'repair' as const, answers };
  const stepIds = plan.steps.map(({ id }) => id);
  const { run } = unwrap(await api.runs.start({ source, stepIds, target: { kind: 'local' }, values: [] }));
  expect(run.plan.kind).toBe('repair');
  const answer = { kind: 'done' } as const;
  await vi.waitFor(async () => unwrap(await api.runs.answer({ id: run.id, stepId: stepIds[0]!, answer })));
}

function holdWay(way: 0 | 1 | 2, { files, functions }: Entered): void {
  expect(WALKS[way]!.filter((file) => file.startsWith('core/') && !files.has(file))).toEqual([]);
  expect(functions.length).toBeLessThanOrEqual(MOST_FUNCTIONS[way]);
}
