import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildCommandLine } from '../../../build/build.mjs';
import { readZip } from '../../../core/formats/archive/zip.ts';
import { CANARIES, CANARY_PARTS } from '../../support/secret-shapes.ts';
import { Lab } from './killable-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'arcwarden-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a secret that a program prints during a run is neither shown nor stored nor exported', async () => {
  const lab = new Lab(await buildCommandLine(folder), mkdtempSync(join(folder, 'lab-')));
  lab.put('newest', '1.0.17.10310');
  const texts = CANARIES.map(([title, text]) => `${title.toUpperCase().replaceAll(' ', '_')}, printed\n${text}\n`);
  lab.put('printed', `${texts.join('\n')}\nThe end, all is well.`);
  const session = 'tests/fixtures/update/session.txt';
  const { out, error } = await lab.run([
    'update',
    'run',
    session,
    '--target',
    'local',
    '--yes',
    '--from',
    'update-host',
  ]);
  expect(out).toContain('The end, all is well.');
  expect(out.split('[secret removed]').length).toBeGreaterThan(CANARIES.length);
  const evidence = join(lab.folder, 'evidence.zip');
  const exported = await lab.run(['runs', 'export', lab.runId, '--out', evidence]);
  expect(exported.error).toContain('arcwarden runs show');
  const archive = readZip(readFileSync(evidence));
  if (!archive.ok) throw new Error('not a ZIP archive');
  const runs = join(lab.folder, 'data', 'runs');
  const kept = [
    ...archive.entries.map(({ bytes }) => new TextDecoder().decode(bytes)),
    ...readdirSync(runs, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [readFileSync(join(runs, entry.name), 'utf8')] : [],
    ),
  ];
  expect(kept.length).toBeGreaterThan(8);
  for (const text of [out, error, ...kept]) {
    const lines = text.split(/\n|\\n/u).filter((line) => CANARY_PARTS.test(line));
    expect(lines).toEqual([]);
  }
});
