import { diagnose } from '../../core/repair/model/diagnose.ts';
import type { KnowledgeHits, KnowledgeSearch } from '../../core/knowledge/model/knowledge-search.ts';
import { catalogue, isMessageKey, LANGUAGES, loadLanguages } from '../../core/shared/text/text.ts';

const NONE: KnowledgeHits = { hits: [], isPartial: false, elsewhere: [], isCommand: false };

let create: (() => KnowledgeSearch) | undefined = $state.raw();
let search: KnowledgeSearch | undefined;

/** Loads what `findKnowledge` needs: the search, and the texts of every language that it goes through. */
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

/** Finds articles by words, for the palette as well as for the screen; nothing until the search is loaded. */
export function findKnowledge(query: string): KnowledgeHits {
  if (create === undefined) return NONE;
  // Prepared on first use, so that it does not delay the start.
  search ??= create();
  return search.find(query);
}

/** Does it once articles can be found. That they cannot be is told where the search is loaded for what is shown. */
export function onceArticlesAreFound(work: () => void): void {
  if (create === undefined) void loadArticleSearch().then(work, () => undefined);
  else work();
}
