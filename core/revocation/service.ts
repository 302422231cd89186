import type { RoleId } from '../knowledge/model/credentials/credentials.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import type { FactsByCluster } from '../plan/model/cluster-facts.ts';
import type { ClusterId } from '../shared/ids.ts';
import type { Finding } from '../shared/finding.ts';
import { epochMs } from '../shared/instant.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { SerialSpelling } from '../shared/renew-revocation/draft.ts';
import { readRevocationDrafts, type WrittenRevocations } from '../formats/renew-revocation/draft-reader.ts';
import type { Ports } from '../shared/ports.ts';
import type { UnplacedRevocation } from '../inventory/store/inventory-store.ts';
import { bundleContent, type BundleContent } from './bundle/content.ts';
import { candidateRows, candidatesFor, type ChoiceContext } from './choose/candidates.ts';
import { spellChange, spellEntries } from './choose/kind-spelling.ts';
import { matchesIn } from './choose/matches.ts';
import type { CandidatesQuestion, MatchesQuestion, RevocationChoice } from './contract.ts';
import { serialsIn } from './choose/serials.ts';
import { propose } from './choose/suggest-entries.ts';
import { performDryRun, type DryRunRequest } from './dry-run/dry-run.ts';
import { judgeText, type EvaluationContext } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { readManifestText } from './file.ts';
import { previewObjects, type Preview } from './impact/preview.ts';
import { foresee } from './impact/upcoming-matches.ts';
import { findOwnKubeconfig, KnownInventory, mayHave } from './kubeconfig.ts';
import { editRevocation } from './manifest/editor.ts';
import { writeDraft, writeRevocation } from './manifest/writer.ts';
import type { KnownCertificate } from './model/inventory-index.ts';
import { getKnownIndex } from './model/postings.ts';
import { resolveSerial, type SerialResolution } from './model/serial.ts';
import type {
  DraftChange,
  DryRun,
  ProposedRevocation,
  ReadRevocation,
  ReadRevocationName,
  RevocationCandidates,
  RevocationFuture,
  MatchPage,
  SerialLine,
} from './model/view.ts';
import type { Manifest } from './manifest/manifest.ts';
import { readDraft, readRevocations } from './read.ts';
import { MOST_REVOCATION_TEXT } from './schemas.ts';

export interface RevocationInventory {
  clusters: readonly Cluster[];
  /** Errors of unreadable files, which may contain further clusters. */
  unreadable?: readonly ConsoleError[];
  /** Imported objects of unknown clusters. */
  unplaced: readonly UnplacedRevocation[];
  facts: FactsByCluster;
  serialSpelling: SerialSpelling;
  findings: readonly Finding[];
}

interface RevocationServiceContext {
  ports: Pick<Ports, 'files' | 'crypto' | 'clock' | 'processes'>;
  inventory: () => RevocationInventory;
  roleName: (role: RoleId) => string;
  pause: () => Promise<void>;
}

/** Reading the facts of this many clusters takes a few milliseconds. */
const CLUSTERS_AT_ONCE = 100;

export type JudgedFor = Pick<EvaluationContext, 'file' | 'kubeconfig' | 'shownKubeconfig' | 'serialSpelling'>;

/** Changes neither files nor clusters. */
export class RevocationService {
  readonly #context: RevocationServiceContext;
  readonly #known = new KnownInventory();
  #last: { text: string; read: WrittenRevocations } | undefined;

  constructor(context: RevocationServiceContext) {
    this.#context = context;
  }

  get certificates(): readonly KnownCertificate[] {
    return this.#known.listCertificates(this.#inventory.clusters);
  }

  get #inventory(): RevocationInventory {
    return this.#context.inventory();
  }

  get #ownKubeconfig(): string | undefined {
    return findOwnKubeconfig(this.#context.ports.processes);
  }

  get #lintContext() {
    return {
      now: this.#context.ports.clock.now(),
      certificates: this.certificates,
      ownKubeconfig: this.#ownKubeconfig,
    };
  }

  listRead(): ReadRevocation[] {
    return readRevocations(this.#inventory, () => this.#lintContext);
  }

  /** Writes an imported object as text. Throws `revocation.unknown`. */
  writeRead(wanted: ReadRevocationName): string {
    const draft = readDraft(this.#inventory, wanted);
    if (draft === undefined) throw new ConsoleError('revocation.unknown', { name: wanted.name });
    return writeDraft({ ...draft, entries: spellEntries(draft.entries, this.#inventory.serialSpelling) });
  }

  async listKubeconfigs(): Promise<string[]> {
    const files = new Map<string, Set<Cluster>>();
    for (const [at, cluster] of this.#inventory.clusters.entries()) {
      if (at % CLUSTERS_AT_ONCE === CLUSTERS_AT_ONCE - 1) await this.#context.pause();
      if (!mayHave(cluster, 'workstation')) continue;
      for (const { layer, sources } of cluster.credentials)
        if (layer === 'workstation')
          for (const { path, computer } of sources)
            if (computer === undefined) files.set(path, (files.get(path) ?? new Set()).add(cluster));
    }
    return [...files].flatMap(([path, { size }]) => (size === 1 ? path : [])).sort();
  }

  listCandidates(question: CandidatesQuestion): RevocationCandidates {
    return candidatesFor({ ...question, kubeconfig: question.kubeconfig ?? this.#ownKubeconfig }, this.#choice);
  }

  /** Reads one serial number per line. Throws `revocation.too-large`. */
  readSerials(text: string): SerialLine[] {
    const choice = this.#choice;
    return serialsIn(text, getKnownIndex(choice.certificates), candidateRows(choice));
  }

  resolveSerial(text: string): SerialResolution {
    return resolveSerial(text, getKnownIndex(this.certificates));
  }

  /** Suggests entries for a choice. Throws `revocation.choice-gone`. */
  propose(choice: RevocationChoice, kubeconfig?: string): ProposedRevocation {
    const { serialSpelling } = this.#inventory;
    return propose(choice, { ...this.#lintContext, serialSpelling, kubeconfig: kubeconfig ?? this.#ownKubeconfig });
  }

  get #choice(): ChoiceContext {
    const { roleName, ports } = this.#context;
    const { clusters } = this.#inventory;
    return { clusters, certificates: this.certificates, nowMs: epochMs(ports.clock.now()), roleName };
  }

  /** Applies a change to an object of the text. Throws `revocation.not-editable` or `revocation.too-large`. */
  edit(text: string, objectIndex: number, change: DraftChange): string {
    const edited = editRevocation(text, objectIndex, spellChange(change, this.#inventory.serialSpelling));
    if (edited === undefined) throw new ConsoleError('revocation.not-editable', {});
    if (edited.length > MOST_REVOCATION_TEXT)
      throw new ConsoleError('revocation.too-large', { limit: MOST_REVOCATION_TEXT });
    return edited;
  }

  judge(text: string, about: Partial<JudgedFor> = {}): Evaluation {
    const { clusters, serialSpelling } = this.#inventory;
    const spelling = about.serialSpelling ?? serialSpelling;
    const context = { ...this.#lintContext, ...about, clusters, serialSpelling: spelling };
    return judgeText(text, context, this.#read(text));
  }

  /** Judges the file at an absolute path. Throws `file.not-found`, `file.not-readable` or `file.too-large`. */
  async judgeFile(path: string, about: Partial<JudgedFor> = {}): Promise<Evaluation> {
    return this.judge(await readManifestText(this.#context.ports, path), { file: path, ...about });
  }

  /** Judges the objects of a valid text in the published spelling and order. */
  judgePublished({ objects }: Evaluation, about: Partial<JudgedFor> = {}): Evaluation {
    const { serialSpelling = this.#inventory.serialSpelling } = about;
    const texts = objects.map((object) => writeRevocation(object, { serialSpelling }));
    return this.judge(texts.join('---\n'), { ...about, serialSpelling });
  }

  preview(evaluation: Evaluation, kubeconfig?: string): Promise<Preview> {
    const { clusters } = this.#inventory;
    const { pause } = this.#context;
    return previewObjects(evaluation, { clusters, ...this.#lintContext, kubeconfig, pause });
  }

  listMatches(text: string, question: MatchesQuestion): MatchPage {
    const own = { ...question, kubeconfig: question.kubeconfig ?? this.#ownKubeconfig };
    return matchesIn(this.#read(text), this.certificates, own, this.#context.roleName);
  }

  foresee(text: string): Promise<RevocationFuture> {
    const { ports, pause } = this.#context;
    const { clusters } = this.#inventory;
    return foresee(this.#read(text), { clusters, now: ports.clock.now(), pause });
  }

  async performDryRun(
    { judgement, objects }: Evaluation,
    how: Pick<DryRunRequest, 'clusterId' | 'hours' | 'withoutRepair'>,
  ): Promise<DryRun> {
    this.findCluster(how.clusterId);
    if (!judgement.isSound) throw new ConsoleError('revocation.not-sound', {});
    const { ports, pause } = this.#context;
    const { clusters, facts } = this.#inventory;
    return performDryRun({ clusters, facts, now: ports.clock.now(), pause, ...how, objects });
  }

  /** Finds a Kubernetes cluster. Throws `cluster.unknown`. */
  findCluster(clusterId: ClusterId): Cluster {
    const found = this.#inventory.clusters.find(({ id, kind }) => id === clusterId && kind === 'kubernetes');
    if (found === undefined) throw new ConsoleError('cluster.unknown', { cluster: clusterId });
    return found;
  }

  /** Collects the contents of a bundle. Throws `revocation.secret-in-text`. */
  fillBundle(manifest: Manifest, about: Pick<JudgedFor, 'kubeconfig' | 'shownKubeconfig'>): Promise<BundleContent> {
    const { clusters, findings } = this.#inventory;
    const { pause } = this.#context;
    // A bundle must have the same bytes on every computer.
    const context = { ...this.#lintContext, ownKubeconfig: undefined };
    return bundleContent({ manifest, ...context, ...about, clusters, inventoryFindings: findings, pause });
  }

  /** Caches the last parsed text, because windows and verbs send many requests about the same text. */
  #read(text: string): WrittenRevocations {
    if (this.#last?.text !== text) this.#last = { text, read: readRevocationDrafts(text) };
    return this.#last.read;
  }
}
