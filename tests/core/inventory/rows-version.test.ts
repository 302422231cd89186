import { expect, test } from 'vitest';
import { ROWS_VERSION, rowColumns } from '../../../core/inventory/store/rows.ts';
import { ROLE_IDS } from '../../../core/knowledge/model/credentials/credentials.ts';
import { nodeCrypto } from '../../../core/node/crypto.ts';
import type { Cluster, Credential } from '../../../core/inventory/model/credential.ts';
import { sampleCluster } from './store/sample-clusters.ts';

function allKinds(): Cluster {
  const cluster = sampleCluster('alpha', 1);
  const credentials = cluster.credentials.flatMap((credential) =>
    ROLE_IDS.map((role): Credential => ({ ...credential, role, name: `${credential.name} ${role}` })),
  );
  return { ...cluster, commandName: 'east', credentials };
}

test('every change to the rows needs a new version, so that rows from an older program are not shown', () => {
  const { cells, ends, text } = rowColumns(allKinds());
  const digest = nodeCrypto().sha256Hex(new TextEncoder().encode(JSON.stringify([[...cells], [...ends], text])));
  // If this check fails, raise ROWS_VERSION, then update both values here.
  expect({ ROWS_VERSION, digest }).toEqual({
    ROWS_VERSION: 3,
    digest: '7cb611ed29f429604953a08227c16c8219bc60c89918c2b7a331810dc836403f',
  });
});
