import { commandNamed } from '../../core/knowledge/model/cmdlets/cmdlets.ts';
import { findFailure } from '../../core/knowledge/model/failures/failures.ts';
import { ROLES } from '../../core/knowledge/model/credentials/roles.ts';
import type { FailureId } from '../../core/knowledge/model/failure.ts';
import {
  KNOWLEDGE,
  KNOWLEDGE_KINDS,
  knowledgeKey,
  type KnowledgeKind,
  type KnowledgeRef,
} from '../../core/knowledge/model/article.ts';
import type { KnowledgeHit } from '../../core/knowledge/model/knowledge-search.ts';
import type { WindowServices } from '../parts/window/services.ts';
import { CommandCheckerState, type CheckedInventory } from './command-checker.svelte.ts';
import { findKnowledge, runWithArticles } from './article-search.svelte.ts';
import { surenessText } from '../../core/repair/text/diagnosis-text.ts';
import { createArticle, getLifetime, getTitle } from './article.ts';

interface Services extends Pick<WindowServices, 'text'> {
  show: () => void;
  inventory?: CheckedInventory;
}

export type KnowledgeView = 'articles' | 'checker';

const MOST_HISTORY = 100;
const PAGE = 8;

export class KnowledgeState {
  readonly #services: Services;
  /** The pasted text with its line breaks, which the field drops. */
  #pasted = $state<string>();
  #history: readonly (KnowledgeRef | undefined)[] = $state.raw([undefined]);
  #at = $state(0);
  /** Set if the article was opened by moving through the list; the next article then replaces it in the history. */
  #isPreview = false;

  readonly checker: CommandCheckerState;
  view: KnowledgeView = $state('articles');
  query = $state('');
  kind = $state<KnowledgeKind>();
  searchWish = $state(0);

  readonly #found = $derived(findKnowledge(this.#pasted ?? this.query));
  readonly #rows = $derived(this.#found.hits.map((hit) => this.#createRow(hit)));
  readonly rows = $derived(
    this.kind === undefined ? this.#rows : this.#rows.filter(({ ref }) => ref.kind === this.kind),
  );
  readonly kinds = $derived(
    KNOWLEDGE_KINDS.map((kind) => ({ kind, count: this.#rows.filter(({ ref }) => ref.kind === kind).length })),
  );
  readonly totals: Readonly<Record<KnowledgeKind, number>> = Object.fromEntries(
    KNOWLEDGE_KINDS.map((kind) => [kind, KNOWLEDGE.filter((ref) => ref.kind === kind).length]),
  ) as Record<KnowledgeKind, number>;
  readonly isSearching = $derived(this.query.trim() !== '');
  readonly isPartial = $derived(this.#found.isPartial);
  /** Text keys of causes outside the certificates of this product. */
  readonly elsewhere = $derived(this.#found.elsewhere.map((id) => `failure.elsewhere.${id}` as const));
  readonly isCommand = $derived(this.#found.isCommand);
  readonly shown = $derived(this.#history[this.#at]);
  readonly article = $derived.by(() => createArticle(this.shown, this.#services.text));
  /** -1 if the open article is not in the list. */
  readonly activeIndex = $derived.by(() => {
    const { shown } = this;
    if (shown === undefined) return -1;
    const key = knowledgeKey(shown);
    return this.rows.findIndex((row) => row.key === key);
  });
  readonly canGoBack = $derived(this.#at > 0);
  readonly canGoForward = $derived(this.#at < this.#history.length - 1);

  constructor(services: Services) {
    this.#services = services;
    this.checker = new CommandCheckerState(services.text, services.inventory);
  }

  openFailure(id: FailureId): void {
    if (findFailure(id) !== undefined) this.open({ kind: 'failure', id });
  }

  openCommand(name: string): void {
    const command = commandNamed(name);
    if (command !== undefined) this.open({ kind: 'cmdlet', id: command.name });
    else this.openSearch(name);
  }

  openSearch(query: string): void {
    this.view = 'articles';
    this.kind = undefined;
    this.search(query);
    this.#services.show();
  }

  openChecker(line?: string): void {
    this.view = 'checker';
    if (line !== undefined) this.checker.type(line);
    this.#services.show();
  }

  search(query: string, pasted?: string): void {
    this.query = query;
    this.#pasted = pasted;
    runWithArticles(() => {
      if (this.isSearching) this.#previewFirst();
    });
  }

  filterBy(kind: KnowledgeKind | undefined): void {
    this.kind = this.kind === kind ? undefined : kind;
    if (this.isSearching) this.#previewFirst();
  }

  wishToSearch(): void {
    this.view = 'articles';
    this.searchWish += 1;
  }

  /** Moves with an arrow or page key; returns `false` for any other key. */
  moveBy(key: string): boolean {
    const { activeIndex: at } = this;
    const last = this.rows.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + PAGE, PageUp: at - PAGE }[key];
    if (to === undefined) return false;
    this.choose(Math.min(Math.max(to, 0), last));
    return true;
  }

  choose(index: number): void {
    const ref = this.rows[index]?.ref;
    if (ref !== undefined) this.#show(ref);
  }

  open(ref: KnowledgeRef): void {
    this.view = 'articles';
    this.#push(ref);
    this.#isPreview = false;
    this.#services.show();
  }

  keep(): void {
    this.#isPreview = false;
  }

  back(): void {
    if (!this.canGoBack) return;
    this.#at -= 1;
    this.#showArticles();
  }

  forward(): void {
    if (!this.canGoForward) return;
    this.#at += 1;
    this.#showArticles();
  }

  #showArticles(): void {
    this.#isPreview = false;
    this.view = 'articles';
  }

  /** Shows the best article; if there is none, the article about where to look first. */
  #previewFirst(): void {
    this.#show(this.rows[0]?.ref);
  }

  #show(ref: KnowledgeRef | undefined): void {
    if (this.#isPreview) {
      // The preview has already discarded the forward history.
      this.#history = [...this.#history.slice(0, this.#at), ref];
      return;
    }
    if (this.#push(ref)) this.#isPreview = true;
  }

  #push(ref: KnowledgeRef | undefined): boolean {
    const { shown } = this;
    if ((shown && knowledgeKey(shown)) === (ref && knowledgeKey(ref))) return false;
    this.#history = [...this.#history.slice(0, this.#at + 1), ref].slice(-MOST_HISTORY);
    this.#at = this.#history.length - 1;
    return true;
  }

  #createRow({ ref, by, confidence }: KnowledgeHit) {
    return {
      key: knowledgeKey(ref),
      ref,
      title: getTitle(ref, this.#services.text),
      meta: this.#formatMeta(ref),
      recognised:
        by === 'error' && confidence !== undefined
          ? surenessText({ confidence }, this.#services.text.wording)
          : undefined,
    };
  }

  #formatMeta(ref: KnowledgeRef): string {
    const { text } = this.#services;
    switch (ref.kind) {
      case 'failure': {
        const failure = findFailure(ref.id);
        if (failure === undefined) return '';
        const cause = text.lookUp(failure.cause.text, failure.cause.params);
        return failure.kind === 'certificate' ? cause : `${text.t(`knowledge.about.${failure.kind}`)} · ${cause}`;
      }
      case 'cmdlet': {
        const command = commandNamed(ref.id);
        return command === undefined
          ? text.t('knowledge.command.name-only')
          : text.lookUp(command.use.text, command.use.params);
      }
      case 'credential': {
        const { layer } = ROLES[ref.id];
        const lifetime = getLifetime(ref.id);
        return [
          ...(layer === null ? [] : [text.t(`layer.${layer}`)]),
          ...(lifetime === undefined ? [] : [text.format.span(lifetime.ms)]),
        ].join(' · ');
      }
      case 'contradiction':
        return text.t('knowledge.contradiction.meta');
    }
  }
}
