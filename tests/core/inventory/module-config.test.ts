import { describe, expect, test } from 'vitest';
import { importPaths } from '../../../core/inventory/import.ts';
import { inspectPaths } from '../../../core/inventory/export/inspect.ts';
import { readEvidence } from '../../../core/repair/evidence-file.ts';
import { diagnose } from '../../../core/repair/model/diagnose.ts';
import { findKnownErrors, OutputKeeper } from '../../../core/runs/output.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { readVersions } from '../../../core/update/read-versions.ts';
import { breakLines, leakIn, PRINTED_CONFIG } from '../../support/module-config.ts';
import { MemoryFiles, testPorts, type TestPorts } from '../../support/ports.ts';

/* A module configuration must not reveal its secrets, wherever an admin pastes, imports or prints it. */

const PATH = '/host/psconfig.json';

function portsWith(text: string): TestPorts {
  const files = new MemoryFiles();
  files.put(PATH, text);
  return testPorts(files);
}

test('an inspection shows the token with its expiry, like a token in a login file, and each fact with its source', async () => {
  const ports = portsWith(PRINTED_CONFIG.shapes['JSON with names of states'] ?? '');
  const { records, findings, clusters } = await inspectPaths(ports, [PATH]);
  expect(records).toMatchObject([
    {
      kind: 'token',
      layer: 'moc',
      role: 'moc-token',
      name: 'mgmt-cluster-241220',
      cluster: 'mgmt-cluster-241220.contoso.example',
      source: { path: PATH, entry: 'Kva.identity.token' },
      notAfter: '2025-03-19T17:20:00Z',
      assumed: false,
    },
  ]);
  expect(clusters).toMatchObject([{ kind: 'moc', addresses: ['mgmt-cluster-241220.contoso.example'] }]);
  expect(findings).toContainEqual({
    rule: 'module-config.cluster-role',
    severity: 'notice',
    place: { path: PATH, entry: 'Moc.clusterRoleName' },
    params: { value: 'mgmt-cluster-241220' },
    citation: { certainty: 'reported', work: 'source.cleanup-script' },
  });
});

/** Returns the output of every part of the program that accepts text, by name. */
async function outlets(text: string): Promise<Record<string, string>> {
  const ports = portsWith(text);
  const store = memoryStore();
  let shown = '';
  const keeper = new OutputKeeper((each) => {
    shown += each;
  });
  for (let at = 0; at < text.length; at += 100) keeper.take(Buffer.from(text.slice(at, at + 100)), 'out');
  const kept = keeper.end();
  const report = await importPaths(ports, store, [PATH]);
  return {
    inspection: JSON.stringify(await inspectPaths(ports, [PATH])),
    report: JSON.stringify(report),
    store: JSON.stringify([...store.clusters(), store.foreign() ?? null]),
    evidence: JSON.stringify(await readEvidence(ports, PATH)),
    diagnosis: JSON.stringify(diagnose({ texts: [text] })),
    versions: JSON.stringify(readVersions([{ text, path: PATH }])),
    shown,
    kept: JSON.stringify([kept, findKnownErrors(kept)]),
  };
}

describe.each(Object.entries(PRINTED_CONFIG.shapes))('a printed module configuration, %s', (_title, text) => {
  test('never reveals its secrets', async () => {
    for (const each of [text, breakLines(text, 80)])
      for (const [outlet, out] of Object.entries(await outlets(each))) expect(leakIn(out), outlet).toBeUndefined();
  });
});
