import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStore } from '../../../../core/settings/store/store.ts';
import { numberBetween } from '../../../support/number-between.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { storePorts } from './ports.ts';
import { sampleCluster } from './sample-clusters.ts';

const IDS = ['a', 'b', 'c'];
const FILES = [
  'index.json',
  'index.json.previous',
  'settings.json',
  ...IDS.flatMap((id) => [`clusters/${id}.json`, `clusters/${id}.json.previous`]),
];

type Damage = { kind: 'cut' } | { kind: 'byte'; value: number } | { kind: 'zeros'; length: number };

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.constant({ kind: 'cut' as const }),
  fc.record({ kind: fc.constant('byte' as const), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('zeros' as const), length: fc.integer({ min: 1, max: 600 }) }),
);

function damageContent(content: Buffer, at: number, what: Damage): Buffer {
  const copy = Buffer.from(content);
  switch (what.kind) {
    case 'cut':
      return copy.subarray(0, at);
    case 'byte':
      copy[at] = what.value;
      return copy;
    case 'zeros':
      return copy.fill(0, at, Math.min(at + what.length, copy.length));
  }
}

test('damage anywhere in one file affects no other cluster and no settings in other files', async () => {
  const intact = temporaryFolder();
  const original = await openStore(storePorts(), intact);
  for (const id of IDS) await original.update(sampleCluster(id, 2, 1));
  for (const id of IDS) await original.update(sampleCluster(id, 2, 2));
  await original.changeSettings({ theme: 'dark' });
  await original.close();

  const where = numberBetween(0, 0.999_999);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...FILES), where, damage, async (name, share, what) => {
      const folder = mkdtempSync(join(tmpdir(), 'arcwarden-'));
      try {
        cpSync(intact, folder, { recursive: true });
        const path = join(folder, name);
        const content = readFileSync(path);
        writeFileSync(path, damageContent(content, Math.floor(share * content.length), what));

        const untouched = IDS.filter((id) => name !== `clusters/${id}.json`);
        let store = await openStore(storePorts(), folder).catch((error: unknown) => error);
        if (store instanceof Error) {
          // Damage that raises the version number makes the file look newer than the program.
          expect(store).toMatchObject({ code: 'store.newer' });
          return;
        }
        for (const restart of [false, true]) {
          if (restart) store = await openStore(storePorts(), folder);
          const opened = store as Awaited<ReturnType<typeof openStore>>;
          const byId = new Map(opened.clusters().map((cluster) => [String(cluster.id), cluster]));
          for (const id of untouched) {
            expect(isDeepStrictEqual(byId.get(id), sampleCluster(id, 2, 2)), id).toBe(true);
          }
          if (name !== 'settings.json') expect(opened.settings().theme).toBe('dark');
          await opened.close();
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 25 },
  );
});
