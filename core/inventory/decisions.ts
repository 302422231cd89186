import type { OpenDecision } from './contract.ts';
import { cutName } from '../formats/yaml/fields.ts';
import { findRequest } from '../formats/kubernetes/csr-object.ts';
import { findSignerProfile } from '../shared/certificates/csr-object.ts';
import type { Instant } from '../shared/instant.ts';
import type { Ports } from '../shared/ports.ts';
import { compareText } from './assign/candidate.ts';
import type { LongWork } from './long-work.ts';
import { buildCommand } from '../plan/model/command.ts';
import { commandText } from '../plan/model/plan.ts';
import { listRealPlaces } from '../plan/model/deployment.ts';
import { pathKey } from './model/windows-path.ts';
import type { Decision, WaitingRequest } from './schemas.ts';
import type { Reading } from './read/read-files.ts';
import { FilePlacer } from './read/revocations.ts';
import type { InventoryStore } from './store/inventory-store.ts';

/** Nobody decides more, and a folder without permissions may have a hundred thousand files. */
const MOST_KEPT = 1_000;
const MOST_NAMES = 50;
const MISSING = 'file.not-found';

interface Keeping {
  ports: Pick<Ports, 'crypto' | 'keys'>;
  store: InventoryStore;
  startedAt: Instant;
}

/**
 * Keeps what only an admin can decide: files that could not be read, and unanswered requests of kubelets. A new reading
 * replaces the entries of a file, and files that are `gone` lose theirs. An entry stays decided while its question is
 * the same. Throws `store.not-writable`.
 */
export async function keepDecisions(keeping: Keeping, reading: Reading, gone: readonly string[]): Promise<void> {
  const { store } = keeping;
  const former = store.decisions();
  const found = [...listUnread(keeping, reading), ...(await judgeRequests(keeping, reading))];
  const missing = reading.findings.flatMap(({ rule, place }) => (rule === MISSING ? (place.path ?? []) : []));
  const paths = [...reading.seen.read, ...found.map(({ path }) => path), ...missing, ...gone];
  const replaced = new Set(paths.map(pathKey));
  const known = new Map(former.map((one) => [one.id, one]));
  const all = new Map<string, Decision>();
  for (const one of former) if (!replaced.has(pathKey(one.path))) all.set(one.id, one);
  for (const one of found) {
    const { since, decided } = known.get(one.id) ?? one;
    all.set(one.id, { ...one, since, decided });
  }
  // Requests come first, since files are cut off rather than requests.
  const key = ({ kind, path, id }: Decision): string => [kind === 'request' ? 0 : 1, path, id].join('\0');
  const kept = [...all.values()].sort((a, b) => compareText(key(a), key(b))).slice(0, MOST_KEPT);
  if (JSON.stringify(kept) !== JSON.stringify(former)) await store.keepDecisions(kept);
}

function listUnread({ ports, startedAt: since }: Keeping, { findings, locked }: Reading): Decision[] {
  const isLocked = new Set(locked);
  const faults = findings.filter(({ rule, severity, place: { path = '', entry = '' } }) => {
    if (rule.startsWith('container.') && isLocked.has(path)) return true;
    // Findings about keys are about a pair of credentials that could be read.
    return severity === 'error' && entry === '' && rule !== MISSING && !rule.startsWith('key.');
  });
  const byPath = new Map(faults.reverse().map((finding) => [finding.place.path ?? '', finding]));
  return [...byPath].map(([path, { rule, params }]) => {
    const id = createId(ports, [pathKey(path), rule]);
    return { kind: 'file', id, path, since, rule, params };
  });
}

async function judgeRequests({ ports, startedAt: since }: Keeping, { requests }: Reading): Promise<Decision[]> {
  const own = requests.filter(({ object }) => findSignerProfile(object) !== undefined);
  if (own.length === 0) return [];
  // Most imports do not need the rules.
  const { judgeRequest, USUAL_LONGEST_SECONDS } = await import('../pki/approve/approver.ts');
  return own.slice(0, MOST_KEPT).map(({ path, object, sample }): Decision => {
    // No file states which names and addresses a node has.
    const context = { nodes: [], longestSeconds: USUAL_LONGEST_SECONDS };
    const { verdict, checks } = judgeRequest(ports, { object, context });
    const decoded = findRequest(object)?.decoded;
    const { dns, ip } = decoded?.ok ? decoded.request.sans : { dns: [], ip: [] };
    const names = [...dns, ...ip];
    const { name, signerName: signer, username, createdAt } = object;
    return {
      kind: 'request',
      id: createId(ports, [pathKey(path), name, ports.crypto.sha256Hex(object.request)]),
      ...{ path, since, sample, name: cutName(name), signer, createdAt, verdict },
      username: username && cutName(username),
      names: [...names.slice(0, MOST_NAMES).map(cutName), ...(names.length > MOST_NAMES ? ['…'] : [])],
      checks: checks.flatMap(({ rule, outcome, params }) =>
        outcome === 'not-applicable' || (rule === 'node-known' && verdict === 'deny') ? [] : { rule, outcome, params },
      ),
    };
  });
}

function createId({ crypto }: Pick<Ports, 'crypto'>, parts: readonly string[]): string {
  return crypto.sha256Hex(new TextEncoder().encode(JSON.stringify(parts)));
}

/**
 * Lists what is not decided yet, with the cluster to which the place of its file belongs. Like all counts, leaves out
 * samples beside real clusters. Reads clusters only if there is anything to list.
 */
export async function listDecisions(work: LongWork, store: InventoryStore): Promise<OpenDecision[]> {
  const clusters = listRealPlaces(store.clusters());
  const isSample = clusters[0]?.sample === true;
  const open = store.decisions().filter(({ decided, sample }) => decided !== true && (isSample || sample !== true));
  if (open.length === 0) return [];
  const placers = { file: new FilePlacer(), request: new FilePlacer() };
  const namesById = new Map<string, string>();
  for (const cluster of clusters) {
    await work.pause();
    namesById.set(cluster.id, cluster.name);
    placers.file.add(cluster);
    if (cluster.kind === 'kubernetes') placers.request.add(cluster);
  }
  const { APPROVAL_ANSWER, RULE_CITATIONS } = await import('../pki/approve/approver.ts');
  return open.map((one): OpenDecision => {
    const clusterId = (one.sample === true) === isSample ? placers[one.kind].find(one.path) : undefined;
    const place = { clusterId, cluster: clusterId && namesById.get(clusterId) };
    if (one.kind === 'file') return { ...one, ...place };
    const checks = one.checks.map((check) => ({ ...check, citation: RULE_CITATIONS.get(check.rule) }));
    return { ...one, ...place, checks, commands: listAnswerCommands(one), citation: APPROVAL_ANSWER };
  });
}

/** Other names stay open, because a text that is no plain name never becomes part of a command. */
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/u;

/** Lists the commands for an answer. For `ignore`, the first one shows the names and addresses of the node. */
function listAnswerCommands({ name, verdict, checks }: WaitingRequest): string[] {
  const fill = (command: string, value: string): string =>
    commandText(buildCommand(command, PLAIN_NAME.test(value) ? { values: { request: value, node: value } } : {}));
  const answer = (verb: 'approve' | 'deny'): string => fill(`kubectl certificate ${verb} <request>`, name);
  if (verdict !== 'ignore') return [answer(verdict)];
  const node = String(checks.find(({ rule }) => rule === 'node-known')?.params['node'] ?? '');
  return [fill('kubectl get node <node> -o wide', node), answer('approve'), answer('deny')];
}

/** Marks a question as decided, without a change if it is no longer open. Throws `store.not-writable`. */
export async function decide(store: InventoryStore, id: string): Promise<Decision | undefined> {
  const all = store.decisions();
  const wanted = all.find((one) => one.id === id && one.decided !== true);
  if (wanted === undefined) return undefined;
  await store.keepDecisions(all.map((one) => (one === wanted ? { ...one, decided: true } : one)));
  return wanted;
}
