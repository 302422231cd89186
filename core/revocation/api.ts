import type { RevocationApi, UnderstoodRevocation } from './contract.ts';
import { ConsoleError, type Service } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import { exportRevocationBundle } from './bundle/write.ts';
import { RevocationDocuments } from './documents/documents.ts';
import { readManifestText, saveManifest } from './file.ts';
import { buildManifest, type Manifest } from './manifest/manifest.ts';
import { DRY_RUN_HOURS } from './model/view.ts';
import { describePublication } from './publish.ts';
import type { RevocationService } from './service.ts';
import { checkText, type RevocationStore } from './store/store.ts';

interface RevocationApiContext {
  ports: Pick<Ports, 'files' | 'crypto' | 'clock' | 'ids' | 'tickets' | 'host'>;
  service: RevocationService;
  store: RevocationStore;
}

/** Implements the window's API with the service; paths replace file tickets. */
export function revocationApi({ ports, service, store }: RevocationApiContext): Service<RevocationApi> {
  const documents = new RevocationDocuments(ports, store);
  /** The text is judged again right before it is used, because the screen may be outdated. */
  const confirm = ({ documentId, text, understood }: UnderstoodRevocation): Manifest => {
    checkText(text);
    const { file, kubeconfig } = store.document(documentId);
    return buildManifest(service.judge(text, { file: file?.path, kubeconfig }), understood);
  };
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
      const file = documentId === undefined ? undefined : store.document(documentId).file?.path;
      return service.judge(text, { file, kubeconfig }).judgement;
    },
    edit: ({ text, objectIndex, change }) => ({ text: service.edit(text, objectIndex, change) }),
    matches: ({ text, ...question }) => service.listMatches(text, question),
    foresee: ({ text }) => service.foresee(text),
    performDryRun: ({ text, ...how }) => service.performDryRun(service.judge(text), how),
    candidates: (question) => service.listCandidates(question),
    readText: async ({ source }) => {
      const fileText = await readManifestText(ports, ports.tickets.take(source, 'read:revocation'));
      checkText(fileText);
      return { text: fileText };
    },
    readSerials: ({ text }) => service.readSerials(text),
    propose: ({ choice, kubeconfig }) => service.propose(choice, kubeconfig),
    save: async ({ target, overwrite = false, ...release }, note) => {
      const { documentId, text } = release;
      const chosen = target === undefined ? undefined : ports.tickets.take(target, 'write:yaml');
      const own = store.document(documentId).file?.path;
      const path = chosen ?? own;
      if (path === undefined) throw new ConsoleError('revocation.no-file', {});
      const manifest = confirm(release);
      await saveManifest(ports, path, manifest, async () => {
        if (path === own && !overwrite && (await documents.isChanged(documentId)))
          throw new ConsoleError('revocation.file-changed', { path });
      });
      note?.(describePublication(manifest, ports, { path }));
      return documents.noteSaved(documentId, { text, path });
    },
    copy: async (release, note) => {
      const manifest = confirm(release);
      await ports.host.copy(manifest.text);
      note?.(describePublication(manifest, ports));
      return null;
    },
    exportBundle: async ({ target, ...release }, note) => {
      const path = ports.tickets.take(target, 'write:zip');
      const manifest = confirm(release);
      const { kubeconfig } = store.document(release.documentId);
      const content = await service.fillBundle(manifest, { kubeconfig });
      const saved = await exportRevocationBundle(ports, { content, path });
      note?.(describePublication(manifest, ports, { path, bundleSha256: saved.sha256 }));
      return saved;
    },
    send: async ({ clusterId, ...release }, note) => {
      const { name: cluster } = service.findCluster(clusterId);
      const manifest = confirm(release);
      const dryRun = await service.performDryRun(manifest, { clusterId, hours: DRY_RUN_HOURS.usual });
      note?.(describePublication(manifest, ports, { target: 'engine-copy', clusterId, cluster }));
      return dryRun;
    },
  };
}
