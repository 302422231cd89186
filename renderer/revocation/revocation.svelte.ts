import type { RevocationDialog } from './dialog.ts';
import type { Finding } from '../../core/shared/finding.ts';
import { instantFromMs } from '../../core/shared/instant.ts';
import type { Problem, Result } from '../../core/shared/problem.ts';
import type { DraftEntry, RevocationDraft } from '../../core/shared/renew-revocation/draft.ts';
import type {
  JudgeRequest,
  RevocationDocument,
  RevocationFileFacts,
  RevocationSummary,
} from '../../core/revocation/contract.ts';
import {
  REVOCATION_GOALS,
  type DraftChange,
  type ReadRevocation,
  type ReadRevocationName,
  type RevocationDocumentId,
  type RevocationGoal,
  type RevocationJudgement,
  type RevocationStep,
} from '../../core/revocation/model/view.ts';
import type { WindowServices } from '../parts/window/services.ts';
import { RevocationForm } from './edit/form.svelte.ts';
import { RevocationJudge } from './edit/lint.svelte.ts';
import { RevocationKeeper } from './edit/autosave.svelte.ts';
import { RevocationSaving } from './save/saving.svelte.ts';
import { WizardState } from '../parts/wizard/wizard.svelte.ts';
import { stepViews } from './steps.ts';
import type { JudgedWork, RevocationWork } from './work.ts';
import { TextHistory } from '../parts/text/history.svelte.ts';

interface Services extends Pick<WindowServices, 'api' | 'notices'> {
  readClock: () => number;
  show: () => void;
}

/** Percentage of the screen width. */
export const SIDE_SIZE = { least: 20, most: 64 };
/** The editor needs more space than the summary. */
const USUAL_SIZES = { summary: 28, editor: 44 };

interface ChangeOptions {
  /** Consecutive changes of the same group form one undo step. */
  group?: string;
  objectIndex?: number;
}

/**
 * The list of documents and the open document. Its text is authoritative: form and editor display and change it, and
 * share one history.
 */
export class RevocationState extends WizardState<RevocationStep> implements RevocationWork {
  #services: Services;
  #history = new TextHistory();
  #judge: RevocationJudge;
  #keeper = $state.raw<RevocationKeeper>();
  /** Each change is applied to the text that resulted from the previous one. */
  #changing: Promise<unknown> = Promise.resolve();
  #changes = 0;
  #pending = 0;
  /** Incremented whenever the entries in the text may no longer match those in the judgement. */
  #shape = 0;
  /** Incremented with every update about the file, so that an old answer cannot replace a newer one. */
  #fileTurn = 0;
  #wantedObject = $state(0);
  #file = $state.raw<RevocationFileFacts>();
  /** The state of the file that the admin last dismissed. */
  #known = $state<string>();

  readonly goals = REVOCATION_GOALS;
  readonly form = new RevocationForm(this);
  readonly saving: RevocationSaving;
  documents: RevocationSummary[] = $state.raw([]);
  /** Findings that occurred while the documents were loaded. */
  findings: Finding[] = $state.raw([]);
  read: ReadRevocation[] = $state.raw([]);
  kubeconfigs: string[] = $state.raw([]);
  loaded = $state(false);
  document = $state.raw<RevocationDocument>();
  goal = $state<RevocationGoal>();
  kubeconfig = $state<string>();
  dialog = $state.raw<RevocationDialog>();
  /** The text is displayed beside the steps; remembered until the console exits. */
  editorOpen = $state(false);
  #sizes = $state({ ...USUAL_SIZES });
  wishedLine = $state.raw<{ line: number }>();

  readonly objectIndex = $derived.by(() => {
    const count = this.judgement?.objects.length ?? 0;
    return Math.max(0, Math.min(this.#wantedObject, count - 1));
  });
  readonly hasEntries = $derived.by(() => this.judgement?.objects.some(({ entries }) => entries.length > 0) ?? false);
  readonly object = $derived.by(() => this.judgement?.objects[this.objectIndex]);
  readonly file = $derived.by(() => {
    const file = this.#file;
    const isAhead = this.#keeper !== undefined && this.#keeper.text !== this.text;
    return file !== undefined && isAhead ? { ...file, edited: true } : file;
  });
  /** Set if another program has changed or removed the file, until the admin decides. */
  readonly drift = $derived.by(() => {
    const { file } = this;
    if (file === undefined || file.onDisk === 'same') return undefined;
    return findState(file) === this.#known ? undefined : file.onDisk;
  });
  readonly isSaved = $derived.by(() => this.file?.edited === false && this.file.onDisk === 'same');
  readonly steps = $derived.by(() => stepViews(this));
  /** The reason why the text would be lost if the console exited now. */
  readonly unkept = $derived.by(() => this.#keeper?.problem);

  constructor(services: Services) {
    const { api } = services;
    super('goal');
    this.#services = services;
    this.saving = new RevocationSaving({ ...services, work: this });
    this.#judge = new RevocationJudge((request) => api.revocation.judge(request));
    const judgeAgain = (): void => this.#judgeSoon();
    api.on.inventory.clusterChanged(judgeAgain);
    api.on.inventory.clusterForgotten(judgeAgain);
  }

  get text(): string {
    return this.#history.text;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  get judgement(): RevocationJudgement | undefined {
    return this.#judge.judgement;
  }

  get readable(): JudgedWork | undefined {
    return this.#judge.readable;
  }

  get isJudging(): boolean {
    return this.#judge.working;
  }

  get judgementText(): string | undefined {
    return this.#judge.text;
  }

  async load(): Promise<void> {
    const listing = this.#takeValue(await this.#api.list());
    if (listing === undefined) return;
    if (!this.loaded) this.findings = listing.findings;
    ({ documents: this.documents, read: this.read, kubeconfigs: this.kubeconfigs } = listing);
    this.loaded = true;
  }

  dismissFindings(): void {
    this.findings = [];
  }

  async create(goal: RevocationGoal): Promise<boolean> {
    await this.leave();
    const document = this.#takeValue(await this.#api.create({ goal }));
    await this.#show(document, 'choose');
    return document !== undefined;
  }

  async copyRead({ clusterId, name, namespace }: ReadRevocationName): Promise<void> {
    await this.#show(this.#takeValue(await this.#api.copyRead({ name, namespace, clusterId })));
  }

  /** Opens pasted text as a new document; returns the problem, which is shown where the text was pasted. */
  async paste(text: string): Promise<Problem | undefined> {
    const result = await this.#api.create({ text });
    if (!result.ok) return result.problem;
    this.dialog = undefined;
    await this.#show(result.value, 'entries');
    return undefined;
  }

  async openFile(): Promise<void> {
    const chosen = await this.#services.api.application.chooseSources({ kind: 'revocation' });
    const [source] = this.#takeValue(chosen) ?? [];
    if (source === undefined) return;
    await this.leave();
    await this.#show(this.#takeValue(await this.#api.openFile({ source })));
  }

  async open(documentId: RevocationDocumentId): Promise<void> {
    if (this.document?.id === documentId) return this.#services.show();
    await this.leave();
    const document = this.#takeValue(await this.#api.open({ documentId }));
    if (document === undefined) return this.load();
    await this.#show(document);
  }

  /** Returns to the list; asks for confirmation if the text cannot be saved. */
  async close(): Promise<void> {
    await this.leave();
    if (this.unkept === undefined) await this.abandon();
    else this.dialog = { kind: 'unkept' };
  }

  async abandon(): Promise<void> {
    this.#forget('');
    this.#keeper = undefined;
    this.document = undefined;
    this.#file = undefined;
    await this.load();
  }

  #forget(next: string): void {
    this.#keeper?.stop();
    this.#judge.forget();
    this.form.forget();
    this.dialog = undefined;
    this.#history.begin(next);
  }

  async discard(documentId: RevocationDocumentId): Promise<void> {
    if (this.document?.id === documentId) await this.leave();
    if (this.#takeValue(await this.#api.discard({ documentId })) === undefined) return;
    if (this.document?.id === documentId) await this.abandon();
    else await this.load();
    this.#services.notices.success([{ key: 'revocation.home.discarded' }], {
      action: { key: 'action.undo', run: () => void this.#restore(documentId) },
    });
  }

  async #restore(documentId: RevocationDocumentId): Promise<void> {
    if (this.#takeValue(await this.#api.restore({ documentId })) !== undefined) await this.load();
  }

  async #show(document: RevocationDocument | undefined, step = document?.step): Promise<void> {
    if (document === undefined || step === undefined) return;
    this.#forget(document.text);
    this.#keeper = new RevocationKeeper(document.text, {
      write: (request) => this.#api.keep(request),
      onkept: (summary) => this.#updateSummary(summary),
    });
    this.#shape += 1;
    this.#wantedObject = document.objectIndex;
    this.#known = undefined;
    this.step = document.step;
    this.goal = document.goal;
    this.kubeconfig = document.kubeconfig;
    this.document = document;
    this.#tellFile(document.file);
    this.seen = new Set();
    this.saving.begin();
    this.#services.show();
    this.go(step);
    await this.settle();
  }

  change(change: DraftChange, options: ChangeOptions = {}): Promise<boolean> {
    return this.changeAll([change], options);
  }

  changeAll(changes: readonly DraftChange[], options: ChangeOptions = {}): Promise<boolean> {
    const { objectIndex = this.objectIndex, group = `change ${String((this.#changes += 1))}` } = options;
    const shown = { shape: this.#judge.shape, judgement: this.judgement };
    return this.#queue(async () => {
      for (const change of changes) {
        if (!(await this.#isStillThere(change, { ...shown, objectIndex }))) return false;
        if (!(await this.#apply(change, { objectIndex, group }))) return false;
      }
      return true;
    });
  }

  /** Sets the cutoff in milliseconds since 1970; `undefined` removes it. */
  setNotBefore(entryIndex: number, ms: number | undefined): Promise<boolean> {
    const place = { entryIndex, field: 'notBefore' } as const;
    return this.change(
      ms === undefined ? { kind: 'unset', ...place } : { kind: 'set', ...place, value: instantFromMs(ms) },
    );
  }

  setNotBeforeToNow(entryIndex: number): Promise<boolean> {
    return this.setNotBefore(entryIndex, this.#services.readClock());
  }

  async take(draft: RevocationDraft): Promise<boolean> {
    if (this.text.trim() === '') return this.change({ kind: 'begin', draft });
    return this.change({ kind: 'append', entries: draft.entries });
  }

  type(text: string): void {
    if (text === this.text) return;
    this.#history.type(text);
    this.#shape += 1;
    this.#judgeSoon();
    this.#keep();
  }

  undo(): void {
    this.#turn(() => this.#history.undo());
  }

  redo(): void {
    this.#turn(() => this.#history.redo());
  }

  seal(): void {
    this.#history.seal();
  }

  async settle(): Promise<void> {
    const question = this.#question();
    if (question !== undefined) await this.#judge.judgeNow(question, this.#shape);
  }

  /** Performs undo or redo after earlier input and clicks have been applied. */
  #turn(back: () => void): void {
    const work = (): void => {
      back();
      this.#followRewrite();
    };
    void this.form.flush();
    if (this.#pending === 0) work();
    else void this.#queue(() => Promise.resolve(work()));
  }

  #followRewrite(): void {
    this.#shape += 1;
    this.form.forget();
    void this.settle();
    this.#keep();
  }

  #queue<T>(work: () => Promise<T>): Promise<T> {
    this.#pending += 1;
    const done = this.#changing.then(work).finally(() => (this.#pending -= 1));
    this.#changing = done;
    return done;
  }

  /** Returns whether the entry that was clicked is still at its position. */
  async #isStillThere(
    change: DraftChange,
    shown: { shape: number; judgement: RevocationJudgement | undefined; objectIndex: number },
  ): Promise<boolean> {
    if (!('entryIndex' in change) || shown.shape === this.#shape) return true;
    const findEntry = (judgement: RevocationJudgement | undefined): DraftEntry | undefined =>
      judgement?.objects[shown.objectIndex]?.draft.entries[change.entryIndex];
    const before = JSON.stringify(findEntry(shown.judgement));
    if (this.#judge.shape !== this.#shape) await this.settle();
    return before === JSON.stringify(findEntry(this.judgement));
  }

  async #apply(change: DraftChange, { objectIndex, group }: Required<ChangeOptions>): Promise<boolean> {
    const { document } = this;
    if (document === undefined) return false;
    for (;;) {
      const { text } = this;
      const result = await this.#api.edit({ text, objectIndex, change });
      if (this.document?.id !== document.id) return false;
      const edited = this.#takeValue(result);
      if (edited === undefined) return false;
      // The text was edited in the meantime, so the change must be made again.
      if (this.text !== text) continue;
      this.#history.put(edited.text, group);
      if (movesEntries(change)) this.#shape += 1;
      void this.settle();
      this.#keep();
      return true;
    }
  }

  choose(goal: RevocationGoal): void {
    this.goal = goal;
    this.#keep();
  }

  get order(): RevocationStep[] {
    return this.steps.map(({ step }) => step);
  }

  isBlocked(step: RevocationStep): boolean {
    return this.steps.find((each) => each.step === step)?.blocked !== undefined;
  }

  /** Opens a step even if it is blocked; a blocked step shows what is missing. */
  override go(step: RevocationStep): void {
    const isMoved = step !== this.step;
    this.enter(step);
    this.#history.seal();
    if (!isMoved) return;
    this.#keep();
    void this.#keeper?.flush();
  }

  showObject(index: number): void {
    this.form.leave();
    this.#wantedObject = index;
    this.#keep();
  }

  useKubeconfig(path: string | undefined): void {
    this.kubeconfig = path;
    this.#judgeSoon();
    this.#keep();
  }

  toggleEditor(): void {
    this.editorOpen = !this.editorOpen;
  }

  /** Returns a percentage, which is remembered until the console exits. */
  get sideSize(): number {
    return this.#sizes[this.editorOpen ? 'editor' : 'summary'];
  }

  resize(percent: number): void {
    const size = Math.max(SIDE_SIZE.least, Math.min(SIDE_SIZE.most, percent));
    this.#sizes[this.editorOpen ? 'editor' : 'summary'] = size;
  }

  /** `line` is 1-based. */
  showLine(line: number): void {
    this.editorOpen = true;
    this.wishedLine = { line };
  }

  /** Writes everything that is not yet saved. Called when the window or the screen is left. */
  async leave(): Promise<void> {
    await this.form.flush();
    await this.#changing;
    await this.#keeper?.flush();
  }

  async look(): Promise<void> {
    const { document } = this;
    if (document === undefined) return;
    await this.#keeper?.retry();
    const turn = (this.#fileTurn += 1);
    const result = await this.#api.open({ documentId: document.id });
    if (!result.ok || turn !== this.#fileTurn || this.document?.id !== document.id) return;
    this.#tellFile(result.value.file);
  }

  async compare(): Promise<void> {
    const { document } = this;
    if (document === undefined) return;
    const file = this.#takeValue(await this.#api.readFile({ documentId: document.id }));
    if (file !== undefined) this.dialog = { kind: 'compare', theirs: file.text };
  }

  /** Dismisses the change of the file until the file changes again. */
  keepMine(): void {
    this.#known = findState(this.file);
  }

  async reload(): Promise<void> {
    const { document } = this;
    if (document === undefined) return;
    await this.leave();
    const reloaded = this.#takeValue(await this.#api.reload({ documentId: document.id }));
    if (reloaded === undefined || this.document?.id !== document.id) return;
    this.replaceDocument(reloaded);
    this.#history.put(reloaded.text);
    this.#followRewrite();
  }

  /** Adopts a document that main has written or read again. */
  replaceDocument(document: RevocationDocument): void {
    this.document = document;
    if (this.#keeper !== undefined) this.#keeper.text = document.text;
    this.#tellFile(document.file);
  }

  #updateSummary(summary: RevocationSummary): void {
    this.documents = this.documents.map((each) => (each.id === summary.id ? summary : each));
    if (this.document?.id === summary.id) this.#tellFile(summary.file);
  }

  #tellFile(file: RevocationFileFacts | undefined): void {
    this.#fileTurn += 1;
    this.#file = file;
    if (findState(file) !== this.#known) this.#known = undefined;
  }

  #keep(): void {
    const { document, text, step, goal, kubeconfig } = this;
    if (document === undefined) return;
    this.#keeper?.put({ documentId: document.id, text, objectIndex: this.#wantedObject, step, goal, kubeconfig });
  }

  #judgeSoon(): void {
    this.#judge.soon(() => this.#question(), this.#shape);
  }

  #question(): JudgeRequest | undefined {
    const { document, text, kubeconfig } = this;
    return document && { documentId: document.id, text, kubeconfig };
  }

  get #api() {
    return this.#services.api.revocation;
  }

  #takeValue<T>(result: Result<T>): T | undefined {
    return this.#services.notices.take(result);
  }
}

/** Returns a different value for different content. */
function findState(file: RevocationFileFacts | undefined): string | undefined {
  return file && `${file.onDisk} ${file.diskSha256 ?? ''}`;
}

function movesEntries({ kind }: DraftChange): boolean {
  return kind === 'insert' || kind === 'replace' || kind === 'remove' || kind === 'begin';
}
