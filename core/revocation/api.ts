import type { RevocationApi } from './contract.ts';
import type { Service, Note } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import { RevocationDocuments } from './documents/documents.ts';
import { Publisher } from './publish.ts';
import { DocumentReleases } from './documents/release.ts';
import type { RevocationService } from './service.ts';
import type { RevocationStore } from './store/store.ts';

export interface RevocationApiContext {
  ports: Pick<Ports, 'files' | 'crypto' | 'clock' | 'ids' | 'tickets' | 'host'>;
  service: RevocationService;
  store: RevocationStore;
}

/** The window's methods on the service: tickets become paths. */
export function revocationApi({ ports, service, store }: RevocationApiContext): Service<RevocationApi> {
  const documents = new RevocationDocuments(ports, store);
  const releases = (note?: Note): DocumentReleases =>
    new DocumentReleases(service, new Publisher(ports, note), documents);
  return {
    list: async () => ({
      documents: await documents.list(),
      read: service.listRead(),
      findings: [...store.findings()],
      kubeconfigs: await service.listKubeconfigs(),
    }),
    create: (request) => documents.create(request),
    copyRead: (wanted) => documents.create({ text: service.writeRead(wanted) }),
    openFile: ({ source }) => documents.openFile(ports.tickets.take(source, 'read:revocation')),
    open: ({ documentId }) => documents.open(documentId),
    keep: (kept) => documents.keep(kept),
    reload: ({ documentId }) => documents.reload(documentId),
    readFile: ({ documentId }) => documents.readFile(documentId),
    discard: ({ documentId }) => documents.discard(documentId),
    restore: ({ documentId }) => documents.restore(documentId),
    judge: ({ text, documentId, kubeconfig }) => {
      const file = documentId === undefined ? undefined : documents.pathOf(documentId);
      return service.judge(text, { file, kubeconfig }).judgement;
    },
    edit: ({ text, objectIndex, change }) => ({ text: service.edit(text, objectIndex, change) }),
    matches: ({ text, ...question }) => service.listMatches(text, question),
    foresee: ({ text }) => service.foresee(text),
    performDryRun: ({ text, ...how }) => service.performDryRun(service.judge(text), how),
    candidates: (question) => service.listCandidates(question),
    readSerials: ({ text }) => service.readSerials(text),
    propose: ({ choice, kubeconfig }) => service.propose(choice, kubeconfig),
    save: ({ target, overwrite = false, ...release }, note) => {
      const path = target === undefined ? undefined : ports.tickets.take(target, 'write:yaml');
      return releases(note).save(release, { path, overwrite });
    },
    copy: async (release, note) => {
      await releases(note).copy(release);
      return null;
    },
    exportBundle: ({ target, ...release }, note) =>
      releases(note).bundle(release, ports.tickets.take(target, 'write:zip')),
    send: ({ clusterId, ...release }, note) => releases(note).send(release, clusterId),
  };
}
