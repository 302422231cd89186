import type { Finding, Place } from '../../shared/finding.ts';
import { createFound, type Found } from '../parsed-file.ts';
import type { Origin } from '../../shared/origin.ts';
import { addCertificates, addKey } from '../text/embedded.ts';
import { stripLogin } from './address-login.ts';
import { Fields } from '../yaml/fields.ts';
import { pushToken, readToken } from '../jwt/jwt.ts';
import { isNull, type YamlMap, type YamlNode } from '../yaml/yaml.ts';

type KubeconfigOrigin = Extract<Origin, { format: 'kubeconfig' }>;

/** An element of `clusters`, `contexts` or `users`: `body` is the value of its `cluster`, `context` or `user`. */
interface Named {
  name: string;
  entry: string;
  body: Fields;
  place: Place;
}

interface Joined {
  clusterName?: string;
  server?: string;
}

export function isKubeconfig(map: YamlMap): boolean {
  const kind = map.entries.get('kind');
  if (kind?.kind === 'text' && kind.text !== 'Config') return false;
  const lists = ['clusters', 'users', 'contexts'].filter((name) => map.entries.get(name)?.kind === 'list');
  return lists.length >= (kind === undefined ? 2 : 1);
}

/**
 * Reads the authorities of the clusters and the certificates, keys and tokens of the users. Files named in the
 * kubeconfig become references; passwords are ignored. Source: Kubernetes documentation, "kubeconfig (v1)" reference.
 */
export function readKubeconfig(root: YamlMap): Found {
  const found = createFound('kubeconfig');
  const { findings } = found;
  const clusters = readNamed(root, 'clusters', 'cluster', findings);
  const users = readNamed(root, 'users', 'user', findings);
  const contexts = readNamed(root, 'contexts', 'context', findings);
  const joins = joinContexts({ clusters, users, contexts }, findings);
  for (const cluster of clusters) addCluster(found, cluster);
  for (const user of users) addUser(found, user, joins.get(user.name) ?? {});
  return found;
}

function readNamed(root: YamlMap, list: string, part: string, findings: Finding[]): Named[] {
  const node = root.entries.get(list);
  if (node?.kind !== 'list') {
    if (node !== undefined && !isNull(node)) findings.push(shapeFinding(list, node));
    return [];
  }
  const named: Named[] = [];
  const names = new Set<string>();
  node.items.forEach((item, index) => {
    const body = item.kind === 'map' ? item.entries.get(part) : undefined;
    const fields = item.kind === 'map' ? new Fields(item, `${list}[${index}]`, findings) : undefined;
    const name = fields?.name('name');
    if (name === undefined || body?.kind !== 'map') {
      findings.push(shapeFinding(`${list}[${index}]`, item));
      return;
    }
    const place = { entry: `${list}[${name}]`, line: item.line, column: item.column };
    if (names.has(name)) {
      findings.push({ rule: 'kubeconfig.duplicate-name', severity: 'warning', place, params: { list, name } });
    }
    const entry = names.has(name) ? `${list}[${name}][${index}]` : `${list}[${name}]`;
    names.add(name);
    named.push({ name, entry, body: new Fields(body, entry, findings), place });
  });
  return named;
}

function shapeFinding(entry: string, { line, column }: YamlNode): Finding {
  return { rule: 'kubeconfig.malformed', severity: 'error', place: { entry, line, column } };
}

/** Uses the first context that joins a user and a cluster. */
function joinContexts(
  { clusters, users, contexts }: { clusters: Named[]; users: Named[]; contexts: Named[] },
  findings: Finding[],
): Map<string, Joined> {
  const clustersByName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  const userNames = new Set(users.map(({ name }) => name));
  const joins = new Map<string, Joined>();
  for (const { name, body, place } of contexts) {
    const cluster = body.name('cluster');
    const user = body.name('user');
    const missing =
      cluster !== undefined && !clustersByName.has(cluster)
        ? { what: 'cluster', missing: cluster }
        : user !== undefined && !userNames.has(user)
          ? { what: 'user', missing: user }
          : undefined;
    if (missing !== undefined) {
      const params = { context: name, ...missing };
      findings.push({ rule: 'kubeconfig.broken-context', severity: 'warning', place, params });
    }
    if (cluster === undefined || user === undefined || joins.has(user)) continue;
    joins.set(user, { clusterName: cluster, server: readServer(clustersByName.get(cluster)) });
  }
  return joins;
}

/** Reads the address without its login, whose password would let anybody sign in. */
function readServer(cluster: Named | undefined): string | undefined {
  const server = cluster?.body.name('server');
  return server === undefined ? undefined : stripLogin(server);
}

function addCluster(found: Found, cluster: Named): void {
  const { name, body } = cluster;
  const server = readServer(cluster);
  for (const field of ['server', 'proxy-url']) {
    const address = body.text(field)?.text.trim();
    if (address === undefined || stripLogin(address) === address) continue;
    const params = { cluster: name, field };
    const place = body.findPlace(field);
    found.findings.push({ rule: 'kubeconfig.login-in-address', severity: 'warning', place, params });
  }
  const origin: KubeconfigOrigin = { format: 'kubeconfig', part: 'certificate-authority', clusterName: name, server };
  addEither(found, body, { field: 'certificate-authority', use: 'certificate', origin });
  const skips = body.map.entries.get('insecure-skip-tls-verify');
  if (skips?.kind === 'text' && skips.text.toLowerCase() === 'true') {
    const place = body.findPlace('insecure-skip-tls-verify');
    found.findings.push({ rule: 'kubeconfig.insecure', severity: 'warning', place, params: { cluster: name } });
  }
}

function addUser(found: Found, { name, entry, body, place }: Named, joined: Joined): void {
  const origin: KubeconfigOrigin = { format: 'kubeconfig', part: 'client-certificate', userName: name, ...joined };
  addEither(found, body, { field: 'client-certificate', use: 'certificate', origin, pair: entry });
  addEither(found, body, { field: 'client-key', use: 'key', origin, pair: entry });
  const tokenOrigin: KubeconfigOrigin = { ...origin, part: 'token' };
  const file = body.text('tokenFile');
  // kubectl prefers `tokenFile` if both are given.
  const token = file === undefined ? body.text('token') : undefined;
  if (file !== undefined) {
    const { entry: fileEntry, line } = body.findPlace('tokenFile');
    found.references.push({ entry: fileEntry, use: 'token', file: file.text, origin: tokenOrigin, line });
  }
  if (token !== undefined) pushToken(found, readToken(token.text.trim()), tokenOrigin, body.findPlace('token'));
  const hasCredential =
    body.has('client-certificate') || body.has('client-certificate-data') || body.has('token') || body.has('tokenFile');
  const method = ['exec', 'auth-provider', 'username', 'password'].find((one) => body.has(one));
  if (method === 'username' || method === 'password') {
    found.findings.push({ rule: 'kubeconfig.password', severity: 'warning', place, params: { user: name } });
  } else if (!hasCredential) {
    const rule = method === undefined ? 'kubeconfig.empty-user' : 'kubeconfig.nothing-to-expire';
    const params = { user: name, ...(method !== undefined && { method }) };
    found.findings.push({ rule, severity: 'notice', place, params });
  }
}

/** Adds the embedded field (`<name>-data`), which kubectl prefers, or else the file that the field names. */
function addEither(
  found: Found,
  body: Fields,
  part: { field: string; use: 'certificate' | 'key'; origin: KubeconfigOrigin; pair?: string },
): void {
  const { field, use, origin, pair } = part;
  const data = `${field}-data`;
  const file = body.text(field);
  if (body.has(data)) {
    if (file !== undefined) {
      const params = { used: data, ignored: field };
      found.findings.push({ rule: 'kubeconfig.both-forms', severity: 'notice', place: body.findPlace(field), params });
    }
    if (use === 'key') addKey(found, { fields: body, name: data, pair: pair ?? '' });
    else addCertificates(found, { fields: body, name: data, origin, pair });
    return;
  }
  if (file === undefined) return;
  const { entry, line } = body.findPlace(field);
  found.references.push({ entry, use, file: file.text, origin, line, pair });
}
