import type { RevocationApi } from './contract.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import type { RoleId } from '../knowledge/model/credentials/credentials.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import { instantFromMs, msOf } from '../shared/instant.ts';
import { ConsoleError, type Result } from '../shared/problem.ts';
import type { SerialSpelling } from '../shared/renew-revocation/draft.ts';
import { serialIndex } from './model/serial.ts';
import type { RevocationDocumentId } from './model/view.ts';
import type { Settings } from '../settings/model/settings.ts';
import { readRevocationDrafts, type WrittenRevocations } from '../formats/renew-revocation/draft-reader.ts';
import { editRevocation } from './manifest/editor.ts';
import { writeDraft } from './manifest/writer.ts';
import type { Ports } from '../shared/ports.ts';
import type { AuditTrail } from '../audit/store/audit.ts';
import type { UnplacedRevocation } from '../store/inventory-store.ts';
import { MOST_REVOCATION_TEXT } from './store/schemas.ts';
import type { RevocationStore } from './store/store.ts';
import { bundleContent, type BundleContent } from './bundle/content.ts';
import { candidateRows, candidatesFor, type ChoiceContext } from './choose/candidates.ts';
import { RevocationDocuments } from './documents.ts';
import { foresee } from './impact/upcoming-matches.ts';
import { judgeText, judgeWritten, type JudgeRequest } from './evaluate.ts';
import type { JudgedText } from './judged-text.ts';
import { KnownInventory } from './kubeconfig.ts';
import { matchesIn } from './choose/matches.ts';
import { propose } from './choose/suggest-entries.ts';
import { readDraft, readRevocations, type ReadObjects } from './read.ts';
import { performDryRun } from './dry-run/dry-run.ts';
import { kubernetesCluster, Releases } from './publish.ts';
import { serialsIn } from './choose/serials.ts';
import { spelledChange, spelledEntries } from './choose/kind-spelling.ts';
import { EngineCopyTarget } from './target.ts';

export interface RevocationApiContext {
  ports: Pick<Ports, 'files' | 'crypto' | 'clock' | 'ids' | 'tickets' | 'host'>;
  store: RevocationStore;
  audit: AuditTrail;
  clusters: () => readonly Cluster[];
  /** Objects that imports read, of which the cluster is not known. */
  unplaced: () => readonly UnplacedRevocation[];
  settings: () => Settings;
  /** What a role is called in the language of the window. */
  roleName: (role: RoleId) => string;
  /** Writes an offline bundle to an absolute path. */
  writeBundle: (bundle: { content: BundleContent; path: string }) => Promise<SavedFile>;
  /** Where long work gives others a turn. */
  pause: () => Promise<void>;
  /** Turns what is thrown into problems. */
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** Revocations, as the window has them. */
export function revocationApi(context: RevocationApiContext): RevocationApi {
  const { ports, store, audit, clusters, unplaced, settings } = context;
  const { roleName, writeBundle, pause, answer } = context;
  const documents = new RevocationDocuments(ports, store);
  const inventory = new KnownInventory();
  const reading = new LastReading();
  const serialSpelling = (): SerialSpelling => settings().serialSpelling;
  const judgeRequest = (documentId: RevocationDocumentId | undefined, kubeconfig: string | undefined): JudgeRequest => {
    const file = documentId === undefined ? undefined : documents.pathOf(documentId);
    return {
      clusters: clusters(),
      certificates: inventory.of(clusters()),
      now: ports.clock.now(),
      serialSpelling: serialSpelling(),
      kubeconfig,
      file,
    };
  };
  const readObjects = (): ReadObjects => ({ clusters: clusters(), unplaced: unplaced() });
  const choiceContext = (): ChoiceContext => ({
    clusters: clusters(),
    certificates: inventory.of(clusters()),
    nowMs: msOf(ports.clock.now()),
    roleName,
  });
  const releases = new Releases({
    ports,
    documents,
    audit,
    judge: (text, documentId) => {
      const { kubeconfig } = store.document(documentId);
      return judgeText(text, judgeRequest(documentId, kubeconfig));
    },
    writeBundle: async (released, { documentId }, path) => {
      const { kubeconfig } = store.document(documentId);
      const { serialSpelling: _spelling, file: _file, ...about } = judgeRequest(documentId, kubeconfig);
      return writeBundle({ path, content: await bundleContent({ ...about, ...released, pause }) });
    },
  });
  /** `revocation.not-sound`. */
  const soundObjects = (text: string): JudgedText['objects'] => {
    const { judgement, objects } = judgeWritten(text, reading.of(text), judgeRequest(undefined, undefined));
    if (!judgement.isSound) throw new ConsoleError('revocation.not-sound', {});
    return objects;
  };

  return {
    list: () =>
      answer(async () => ({
        documents: await documents.list(),
        read: readRevocations(readObjects(), { now: ports.clock.now(), certificates: inventory.of(clusters()) }),
        findings: [...store.findings()],
        kubeconfigs: kubeconfigsOf(clusters()),
      })),
    create: (request) => answer(() => documents.create(request)),
    copyRead: (wanted) =>
      answer(() => {
        const draft = readDraft(readObjects(), wanted);
        if (draft === undefined) throw new ConsoleError('revocation.unknown', { name: wanted.name });
        const entries = spelledEntries(draft.entries, serialSpelling());
        return documents.create({ text: writeDraft({ ...draft, entries }) });
      }),
    openFile: ({ source }) => answer(() => documents.openFile(ports.tickets.take(source))),
    open: ({ documentId }) => answer(() => documents.open(documentId)),
    keep: (kept) => answer(() => documents.keep(kept)),
    reload: ({ documentId }) => answer(() => documents.reload(documentId)),
    readFile: ({ documentId }) => answer(() => documents.readFile(documentId)),
    discard: ({ documentId }) => answer(() => documents.discard(documentId)),
    restore: ({ documentId }) => answer(() => documents.restore(documentId)),
    judge: ({ text, documentId, kubeconfig }) =>
      answer(() => judgeWritten(text, reading.of(text), judgeRequest(documentId, kubeconfig)).judgement),
    edit: ({ text, objectIndex, change }) =>
      answer(() => {
        const edited = editRevocation(text, objectIndex, spelledChange(change, serialSpelling()));
        if (edited === undefined) throw new ConsoleError('revocation.not-editable', {});
        if (edited.length > MOST_REVOCATION_TEXT)
          throw new ConsoleError('revocation.too-large', { limit: MOST_REVOCATION_TEXT });
        return { text: edited };
      }),
    matches: ({ text, ...question }) =>
      answer(() => matchesIn(reading.of(text), inventory.of(clusters()), question, roleName)),
    foresee: ({ text }) =>
      answer(() => foresee(reading.of(text), { clusters: clusters(), now: ports.clock.now(), pause })),
    performDryRun: ({ text, clusterId, ...how }) =>
      answer(() => {
        const { id } = kubernetesCluster(clusters(), clusterId);
        const copied = { clusters: clusters(), facts: settings().clusterFacts };
        const objects = soundObjects(text);
        const now = ports.clock.now();
        return performDryRun({ ...copied, ...how, objects, clusterId: id, now, pause });
      }),
    candidates: (question) => answer(() => candidatesFor(question, choiceContext())),
    readSerials: ({ text }) =>
      answer(() => {
        const { certificates, ...chosen } = choiceContext();
        return serialsIn(text, serialIndex(certificates), candidateRows(chosen));
      }),
    propose: ({ choice, ...own }) =>
      answer(() => {
        const { certificates, nowMs } = choiceContext();
        const spelling = serialSpelling();
        const about = { certificates, nowMs, now: instantFromMs(nowMs), serialSpelling: spelling };
        return propose(choice, { ...about, ...own });
      }),
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
    send: ({ clusterId, ...release }) =>
      answer(() => {
        const cluster = kubernetesCluster(clusters(), clusterId);
        const target = new EngineCopyTarget(clusterId, {
          clusters: clusters(),
          facts: settings().clusterFacts,
          now: ports.clock.now(),
          pause,
        });
        return releases.send(release, target, cluster);
      }),
  };
}

/** A screen asks many things of one text. */
class LastReading {
  #last: { text: string; read: WrittenRevocations } | undefined;

  of(text: string): WrittenRevocations {
    if (this.#last?.text !== text) this.#last = { text, read: readRevocationDrafts(text) };
    return this.#last.read;
  }
}

/** Files in which client certificates of workstations were read, in order. */
function kubeconfigsOf(clusters: readonly Cluster[]): string[] {
  const paths = new Set<string>();
  for (const { credentials } of clusters)
    for (const { layer, sources } of credentials)
      if (layer === 'workstation') for (const { path } of sources) paths.add(path);
  return [...paths].sort();
}
