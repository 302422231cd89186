import { expect, test } from 'vitest';
import { credentialDetails } from '../../../core/inventory/details.ts';
import { clusterRows } from '../../../core/inventory/store/rows.ts';
import { openStore } from '../../../core/settings/store/store.ts';
import { factsOnce } from '../../../core/inventory/store/stored-certificate.ts';
import { DATA_FOLDER, openConsole } from '../../support/console.ts';
import { certificateFiles } from '../../support/fleet.ts';

test('showing the board and one certificate keeps the decoded facts of no other certificate in memory', async () => {
  const names = ['east', 'west', 'north'];
  const console = await openConsole();
  await console.import(await certificateFiles(...names.map((name) => ({ name: `api-${name}`, cluster: name }))));
  const store = await openStore(console.ports, DATA_FOLDER, { readOnly: true });
  const clusters = store.clusters();
  for (const cluster of clusters) clusterRows(cluster);
  const [shown] = clusters.flatMap(({ id, credentials }) => credentials.map((credential) => ({ id, credential })));
  const request = { clusterId: shown!.id, credentialId: shown!.credential.id };
  const details = await credentialDetails(console.ports, store, request);
  expect(details.certificate?.facts).toBeDefined();
  const all = clusters.flatMap(({ credentials }) => credentials).filter(({ kind }) => kind === 'certificate');
  const kept = all.filter((one) => one.kind === 'certificate' && factsOnce(one) === factsOnce(one));
  expect(kept.map(({ id }) => id)).toEqual([request.credentialId]);
  expect(all.length).toBeGreaterThan(2);
});
