import { diagnose } from '../../core/repair/model/diagnose.ts';
import type { KnowledgeHits, KnowledgeSearch } from '../../core/knowledge/model/knowledge-search.ts';
import { catalogue, isMessageKey, LANGUAGES, loadLanguages } from '../../core/shared/text/text.ts';

const NONE: KnowledgeHits = { hits: [], isPartial: false, elsewhere: [], isCommand: false };

let create: (() => KnowledgeSearch) | undefined = $state.raw();
let search: KnowledgeSearch | undefined;

export async function loadArticleSearch(): Promise<void> {
  if (create !== undefined) return;
  const [{ KnowledgeSearch: Search }] = await Promise.all([
    import('../../core/knowledge/model/knowledge-search.ts'),
    loadLanguages(),
  ]);
  create = () =>
    new Search(
      (key) => (isMessageKey(key) ? LANGUAGES.map((language) => catalogue(language)[key]) : []),
      (text) => diagnose({ texts: [text] }),
    );
}

export function findKnowledge(query: string): KnowledgeHits {
  if (create === undefined) return NONE;
  // Created on first use, so that the window starts quickly.
  search ??= create();
  return search.find(query);
}

/** Runs `work` once articles can be found. If the search cannot be loaded, the part that shows it reports that. */
export function runWithArticles(work: () => void): void {
  if (create === undefined) void loadArticleSearch().then(work, () => undefined);
  else work();
}
