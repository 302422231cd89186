import { createAuthority } from '../../../../core/authorities/operations/create.ts';
import type { IssueRequest } from '../../../../core/authorities/contract.ts';
import { issueOperation } from '../../../../core/authorities/operations/issue.ts';
import type { Keeping } from '../../../../core/authorities/operations/kept.ts';
import { openAuthorities } from '../../../../core/authorities/store/store.ts';
import type { AuthorityEntry, AuthorityId, AuthorityKind } from '../../../../core/pki/model/authority.ts';
import type { KeyAlgorithm } from '../../../../core/shared/certificates/key-algorithm.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import type { ProfileId } from '../../../../core/pki/model/profile.ts';
import { nodeKeys } from '../../../../core/node/keys.ts';
import type { Keys, PrivateKey } from '../../../../core/shared/ports.ts';
import { getTokenKey } from '../../../support/cloud-agent.ts';
import { MemoryFiles, testPorts, type TestPorts } from '../../../support/ports.ts';

export const PASSPHRASE = 'seven swans a-swimming';
export const FQDN = 'ca-5b1f0c2e.contoso.example';
export const LOW_COST = { N: 16, r: 8, p: 1 };
export const DATA = '/data';
/** The CA key, the server key and the token key. */
const MOC_KEYS = 3;

/** One authority in memory, unlocked, with an adjustable clock. */
export interface Scenario extends Keeping {
  ports: TestPorts;
  id: AuthorityId;
}

/**
 * RSA keys take long to generate. All cloud agents share one for their tokens, and all of their clients share two. CA
 * and server, which are created earlier, get EC keys instead.
 */
const clientKeys: Promise<PrivateKey>[] = [];
const CLIENT_KEYS = 2;

function quickKeys(asked: KeyAlgorithm[]): Keys {
  const keys = nodeKeys();
  const clientKey = (turn: number): Promise<PrivateKey> => (clientKeys[turn] ??= keys.generate('rsa-2048'));
  return {
    ...keys,
    generate: (algorithm) => {
      const before = asked.filter((each) => each === 'rsa-2048').length;
      asked.push(algorithm);
      if (algorithm !== 'rsa-2048') return keys.generate(algorithm);
      if (before < MOC_KEYS - 1) return keys.generate('p-256');
      return before < MOC_KEYS ? getTokenKey() : clientKey(before % CLIENT_KEYS);
    },
  };
}

export async function emptyScenario(files = new MemoryFiles(), asked: KeyAlgorithm[] = []): Promise<Scenario> {
  const ports = { ...testPorts(files), keys: quickKeys(asked) };
  const store = await openAuthorities(ports, DATA, { scryptCost: LOW_COST });
  return { ports, store, id: '' as AuthorityId };
}

const made = new Map<AuthorityKind, Promise<MemoryFiles>>();

async function makeFiles(kind: AuthorityKind): Promise<MemoryFiles> {
  const scenario = await emptyScenario();
  const names = { kubernetes: 'retail-east', moc: 'moc-east' };
  const request = { name: names[kind], kind, passphrase: PASSPHRASE };
  await createAuthority(scenario, { ...request, ...(kind === 'moc' && { cloudAgentFqdn: FQDN }) });
  return scenario.ports.files;
}

/** Returns a copy of one authority per kind, so that keys are generated only once. */
export async function aScenario(kind: AuthorityKind): Promise<Scenario> {
  const original = made.get(kind) ?? makeFiles(kind);
  made.set(kind, original);
  return reopen(await original);
}

/** Opens a copy of the files as another run of the program would, unlocked. */
export async function reopen(files: MemoryFiles): Promise<Scenario> {
  const asked = Array<KeyAlgorithm>(MOC_KEYS).fill('rsa-2048');
  const scenario = await emptyScenario(await copyFiles(files), asked);
  const id = scenario.store.list()[0]?.id ?? scenario.id;
  await scenario.store.getKeyring(id).unlock(PASSPHRASE);
  return { ...scenario, id };
}

async function copyFiles(files: MemoryFiles): Promise<MemoryFiles> {
  const copy = new MemoryFiles();
  for (const path of files.paths()) copy.put(path, await files.read(path, Infinity));
  return copy;
}

/** Issues a certificate of a profile, with only the required values. */
export async function issueProfile(
  scenario: Scenario,
  profile: ProfileId,
  changes: Partial<IssueRequest> = {},
): Promise<AuthorityEntry> {
  const request = { authorityId: scenario.id, profile, values: {}, dns: [], ip: [], ...changes };
  return (await issueOperation(scenario, request)).entry;
}

export function findEntry({ store, id }: Scenario, profile: ProfileId): AuthorityEntry {
  const entry = store.get(id).entries.findLast((each) => each.profile === profile);
  if (entry === undefined) throw new Error(`no ${profile}`);
  return entry;
}

/** Returns the content of all files in the data folder, with one character per byte. */
export async function readDataFolder({ ports: { files } }: Scenario): Promise<string> {
  const contents = await Promise.all(files.paths().map((path) => files.read(path, Infinity)));
  return contents.map((content) => Buffer.from(content).toString('latin1')).join('\n');
}

/** Returns the problem that an action throws; rethrows bugs. */
export async function catchProblem(
  action: () => Promise<unknown>,
): Promise<{ code: string; params: Record<string, string | number> }> {
  try {
    await action();
  } catch (error) {
    if (error instanceof ConsoleError) return { code: error.code, params: error.params };
    throw error;
  }
  return { code: 'none', params: {} };
}
