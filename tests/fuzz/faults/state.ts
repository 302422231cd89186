import { readdirSync } from 'node:fs';
import { AuditTrail } from '../../../core/audit/store/audit.ts';
import { createFixedClock } from '../../../core/node/clock.ts';
import { nodeCrypto } from '../../../core/node/crypto.ts';
import { createFiles } from '../../../core/node/files.ts';
import { nodeIds } from '../../../core/node/ids.ts';
import { nodeKeys } from '../../../core/node/keys.ts';
import { nodeLog } from '../../../core/node/log.ts';
import { noVault } from '../../../core/node/vault.ts';
import { openAuthorities } from '../../../core/authorities/store/store.ts';
import { openNotificationStore } from '../../../core/notifications/store/store.ts';
import { openRevocationStore } from '../../../core/revocation/store/store.ts';
import { instant } from '../../../core/shared/instant.ts';
import { clustersAndForeign } from '../../../core/inventory/store/inventory-store.ts';
import { openStore } from '../../../core/settings/store/store.ts';

export const NOW = '2026-11-24T12:00:00Z';

/** Contents of a data folder without keys, ids and instants, which differ from run to run. */
export interface FolderState {
  clusters: Record<string, unknown>;
  others: Record<string, unknown>;
  /** Number of lines in the audit trail, and whether the trail is intact. */
  audit: { lines: number; isSound: boolean };
  findings: string[];
}

/** Reads a data folder without changing it. */
export async function readState(folder: string): Promise<FolderState> {
  const readOnly = { readOnly: true };
  const ports = {
    files: createFiles(),
    clock: createFixedClock(instant(NOW)),
    crypto: nodeCrypto(),
    ids: nodeIds(),
    log: nodeLog(folder),
    keys: nodeKeys(),
    vault: noVault(),
  };
  const store = await openStore(ports, folder, readOnly);
  const told = await openNotificationStore(ports, folder, readOnly);
  const trail = await AuditTrail.open(ports, folder, readOnly);
  const authorities = await openAuthorities(ports, folder, readOnly);
  const drafts = await openRevocationStore(ports, folder, readOnly);
  const clusters = [...clustersAndForeign(store)]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, credentials, history, revocations = [], nameEvidence }) => [
      name,
      {
        nameEvidence,
        credentials: credentials
          .map(({ id, sources }) => [id, sources.map(({ path }) => path.split('/').slice(-4).join('/')).sort()])
          .sort(),
        history: history.map(({ credential }) => credential.id).sort(),
        revocations: revocations.map(({ object, liftedAt }) => [object.name, liftedAt !== undefined]),
      },
    ]);
  let isSound = true;
  let lines = 0;
  for await (const { entry, faults } of trail.check()) {
    lines += 1;
    isSound &&= entry !== undefined && faults.length === 0;
  }
  return {
    clusters: Object.fromEntries(clusters) as Record<string, unknown>,
    others: {
      placements: store
        .placements()
        .map(({ credentialId, clusterId }) => `${credentialId} ${clusterId}`)
        .sort(),
      forgotten: store
        .forgotten()
        .map(({ name }) => name)
        .sort(),
      settings: store.settings(),
      channels: told.channels().map(({ id: _, createdAt: _at, ...channel }) => channel),
      silences: told.silences().map(({ credentialId, kind, reason }) => [credentialId, kind, reason]),
      authorities: authorities
        .list()
        .map(({ name, entries, cloudAgent }) => ({
          name,
          entries: entries.map(({ profile, revoked, supersededBy }) => [
            profile,
            revoked?.reason,
            supersededBy === undefined,
          ]),
          identities: cloudAgent?.state.identities.map(({ name: identity, revokedAt }) => [
            identity,
            revokedAt !== undefined,
          ]),
          hasKeys: entries.every(({ keyFile }) => keyFile === null || hasFile(folder, keyFile)),
        })),
      drafts: drafts.documents().map(({ text }) => text),
    },
    audit: { lines, isSound },
    findings: [...store.findings(), ...authorities.findings(), ...drafts.findings()].map(({ rule }) => rule),
  };
}

function hasFile(folder: string, name: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((path) => path.includes(name));
}
