import type { RevocationApi } from './contract.ts';
import type { Result } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import type { AuditTrail } from '../audit/store/audit.ts';
import { RevocationDocuments } from './documents/documents.ts';
import { Publisher } from './publish.ts';
import { DocumentReleases } from './documents/release.ts';
import type { RevocationService } from './service.ts';
import type { RevocationStore } from './store/store.ts';

export interface RevocationApiContext {
  ports: Pick<Ports, 'files' | 'crypto' | 'clock' | 'ids' | 'tickets' | 'host'>;
  service: RevocationService;
  store: RevocationStore;
  audit: AuditTrail;
  /** Turns anything thrown into a problem. */
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** The window's methods: tickets become paths, and anything thrown becomes a problem. */
export function revocationApi({ ports, service, store, audit, answer }: RevocationApiContext): RevocationApi {
  const documents = new RevocationDocuments(ports, store);
  const releases = new DocumentReleases(service, new Publisher(ports, audit), documents);
  return {
    list: () =>
      answer(async () => ({
        documents: await documents.list(),
        read: service.listRead(),
        findings: [...store.findings()],
        kubeconfigs: service.listKubeconfigs(),
      })),
    create: (request) => answer(() => documents.create(request)),
    copyRead: (wanted) => answer(() => documents.create({ text: service.writeRead(wanted) })),
    openFile: ({ source }) => answer(() => documents.openFile(ports.tickets.take(source))),
    open: ({ documentId }) => answer(() => documents.open(documentId)),
    keep: (kept) => answer(() => documents.keep(kept)),
    reload: ({ documentId }) => answer(() => documents.reload(documentId)),
    readFile: ({ documentId }) => answer(() => documents.readFile(documentId)),
    discard: ({ documentId }) => answer(() => documents.discard(documentId)),
    restore: ({ documentId }) => answer(() => documents.restore(documentId)),
    judge: ({ text, documentId, kubeconfig }) =>
      answer(() => {
        const file = documentId === undefined ? undefined : documents.pathOf(documentId);
        return service.judge(text, { file, kubeconfig }).judgement;
      }),
    edit: ({ text, objectIndex, change }) => answer(() => ({ text: service.edit(text, objectIndex, change) })),
    matches: ({ text, ...question }) => answer(() => service.listMatches(text, question)),
    foresee: ({ text }) => answer(() => service.foresee(text)),
    performDryRun: ({ text, ...how }) => answer(() => service.performDryRun(service.judge(text), how)),
    candidates: (question) => answer(() => service.listCandidates(question)),
    readSerials: ({ text }) => answer(() => service.readSerials(text)),
    propose: ({ choice, kubeconfig }) => answer(() => service.propose(choice, kubeconfig)),
    save: ({ target, overwrite = false, ...release }) =>
      answer(() => {
        const path = target === undefined ? undefined : ports.tickets.take(target);
        return releases.save(release, { path, overwrite });
      }),
    copy: (release) =>
      answer(async () => {
        await releases.copy(release);
        return null;
      }),
    exportBundle: ({ target, ...release }) => answer(() => releases.bundle(release, ports.tickets.take(target))),
    send: ({ clusterId, ...release }) => answer(() => releases.send(release, clusterId)),
  };
}
