import { ipBytes } from '../../../shared/ip-address.ts';
import type { SansTemplate } from '../../../shared/certificates/certificate-template.ts';
import { certificateFile, keyFile, publicKeyFile } from '../layout.ts';
import type { SpecContext } from './context.ts';
import { readServerHost } from './schema.ts';
import type { SpecPath } from './source.ts';
import type { Requested } from '../requested.ts';

/** Reports contradictions in a specification. */
export function checkRequested(context: SpecContext, requested: Requested): void {
  checkFiles(context, requested);
  checkServers(context, requested);
  const { authorities, certificates, kubeconfigs, bootstrap, serviceAccountKey } = requested;
  const lists = [authorities, certificates, kubeconfigs, bootstrap, serviceAccountKey];
  if (lists.every((list) => list.length === 0) && !context.isMarred) context.add('spec.nothing-to-make', []);
}

/** No file may be written twice. On Windows names that differ only in case are the same. */
function checkFiles(context: SpecContext, requested: Requested): void {
  const pairs = [...requested.authorities, ...requested.certificates].flatMap(({ wish, path }) => [
    { file: certificateFile(wish.pair), path },
    { file: keyFile(wish.pair), path },
  ]);
  const own = requested.serviceAccountKey.flatMap(({ wish, path }) => [
    { file: keyFile(wish.pair), path },
    { file: publicKeyFile(wish.pair), path },
  ]);
  const configs = [...requested.bootstrap, ...requested.kubeconfigs].map(({ wish, path }) => ({
    file: wish.file,
    path,
  }));
  const owners = new Map<string, SpecPath>();
  const told = new Set<SpecPath>();
  for (const { file, path } of [...own, ...pairs, ...configs]) {
    const owner = owners.get(file.toLowerCase());
    if (owner === undefined) owners.set(file.toLowerCase(), path);
    else if (!told.has(path)) {
      told.add(path);
      context.add('spec.same-file', path, { file, line: context.lineOf(owner) });
    }
  }
}

/** A kubeconfig is useless if the API server's certificate does not cover its server. */
function checkServers(context: SpecContext, requested: Requested): void {
  const apiServers = requested.certificates.filter(({ wish }) => wish.profile === 'apiserver');
  if (apiServers.length === 0) return;
  for (const { wish, path } of [...requested.kubeconfigs, ...requested.bootstrap]) {
    const host = readServerHost(wish.server);
    if (!apiServers.some((each) => covers(each.wish.sans, host)))
      context.add('spec.server-not-covered', path, { host });
  }
}

function covers({ dns, ip }: SansTemplate, host: string): boolean {
  const address = ipBytes(host);
  return address === undefined
    ? dns.some((name) => name.toLowerCase() === host.toLowerCase())
    : ip.some((each) => String(ipBytes(each)) === String(address));
}
