import { COMMAND_IDS, COMMAND_TABLE, type CommandId } from '../../core/shared/commands.ts';
import type { AuthorityRow, AuthorityTree } from '../../core/authorities/model/view.ts';
import { isActive, type AuthorityId } from '../../core/pki/model/authority.ts';
import type { KnowledgeRef } from '../../core/knowledge/model/article.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import type { RevocationSummary } from '../../core/revocation/contract.ts';
import type { AuthorityState } from '../authorities/authorities.svelte.ts';
import type { DetailsState } from '../expiry/details.svelte.ts';
import type { ExpiryBoard, RowView } from '../expiry/expiry.svelte.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import { getTitle } from '../knowledge/article.ts';
import { findKnowledge } from '../knowledge/article-search.svelte.ts';
import type { KnowledgeState } from '../knowledge/knowledge.svelte.ts';
import type { Navigation } from '../parts/window/navigation.ts';
import type { WindowServices } from '../parts/window/services.ts';
import { revocationName } from '../revocation/texts.ts';
import type { RevocationState } from '../revocation/revocation.svelte.ts';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

export function findShortcutAction(press: Press): CommandId | undefined {
  if (press.altKey) return undefined;
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const pressed = `${press.ctrlKey || press.metaKey ? 'Ctrl+' : ''}${press.shiftKey ? 'Shift+' : ''}${key}`;
  return COMMAND_IDS.find((id) => COMMAND_TABLE[id].shortcut === pressed);
}

const MOST_CLUSTERS = 5;
const MOST_CREDENTIALS = 12;
const MOST_ISSUED = 8;
const MOST_REVOCATIONS = 8;
const MOST_ARTICLES = 6;
/** Shorter queries match nearly every article. */
const LEAST_ARTICLE_LETTERS = 3;

export type PaletteResult =
  | { kind: 'action'; id: CommandId; text: string }
  | { kind: 'cluster'; id: ClusterId; text: string; count: number; sample: boolean }
  | { kind: 'credential'; view: RowView; text: string }
  | { kind: 'article'; ref: KnowledgeRef; text: string }
  | { kind: 'revocation'; summary: RevocationSummary; text: string }
  /** With `row`, a certificate or token that the authority issued. */
  | { kind: 'authority'; tree: AuthorityTree; row?: AuthorityRow; text: string };

interface Services extends WindowServices, Navigation {
  board: ExpiryBoard;
  details: DetailsState;
  inventory: InventoryState;
  authority: AuthorityState;
  revocation: RevocationState;
  knowledge: KnowledgeState;
  showAuthority: (authorityId: AuthorityId, entryId?: CredentialId) => void;
}

export class CommandsState {
  #services: Services;
  query = $state('');
  readonly #words = $derived(this.query.toLowerCase().split(/\s+/u).filter(Boolean));

  readonly groups: { kind: PaletteResult['kind']; results: PaletteResult[] }[] = $derived.by(() => {
    const found = [this.#actions()];
    if (this.#words.length > 0) {
      const articles = this.#articles();
      const others = [this.#clusters(), this.#credentials(), this.#revocations(), this.#authorities()];
      // A fingerprint may contain the number of a failure by chance.
      found.push(...(this.#isNumber(articles[0]) ? [articles, ...others] : [...others, articles]));
    }
    return found.flatMap((results) => (results[0] === undefined ? [] : [{ kind: results[0].kind, results }]));
  });
  readonly results = $derived(this.groups.flatMap(({ results }) => results));

  constructor(services: Services) {
    this.#services = services;
  }

  runResult(result: PaletteResult): void {
    const services = this.#services;
    switch (result.kind) {
      case 'action':
        return services.run(result.id);
      case 'cluster':
        return services.showCluster(result.id);
      case 'credential': {
        const { clusterId, id } = result.view.row;
        return services.showCredential({ clusterId, credentialId: id });
      }
      case 'article':
        return services.knowledge.open(result.ref);
      case 'revocation':
        return void services.revocation.open(result.summary.id);
      case 'authority':
        return services.showAuthority(result.tree.id, result.row?.id);
    }
  }

  #isFound(label: string): boolean {
    return this.#words.every((word) => label.toLowerCase().includes(word));
  }

  /** Returns whether the query is the number of this article, such as F07. */
  #isNumber(article: PaletteResult | undefined): boolean {
    return article?.kind === 'article' && article.ref.id.toLowerCase() === this.query.trim().toLowerCase();
  }

  #actions(): PaletteResult[] {
    const { text } = this.#services;
    return COMMAND_IDS.filter((id) => this.#isUseful(id))
      .map((id) => ({ kind: 'action' as const, id, text: text.t(`command.${id}`) }))
      .filter(({ text: label }) => this.#isFound(label));
  }

  #isUseful(id: CommandId): boolean {
    const { board, details, inventory } = this.#services;
    switch (COMMAND_TABLE[id].needs) {
      case 'credentials':
        return !inventory.empty;
      case 'filter':
        return board.filtered;
      case 'open-credential':
        return details.shown !== undefined;
      case 'sample':
        return inventory.hasSample;
      case 'no-sample':
        return !inventory.hasSample && !inventory.makingSample;
      case undefined:
        return id !== 'palette.open';
    }
  }

  #clusters(): PaletteResult[] {
    return this.#services.inventory.clusters
      .filter(({ name }) => this.#isFound(name))
      .slice(0, MOST_CLUSTERS)
      .map(({ id, name, count, sample = false }) => ({ kind: 'cluster', id, text: name, count, sample }));
  }

  #credentials(): PaletteResult[] {
    return this.#services.board
      .matches(this.query, MOST_CREDENTIALS)
      .map((view) => ({ kind: 'credential', view, text: view.row.name }));
  }

  #revocations(): PaletteResult[] {
    const { revocation, text } = this.#services;
    return revocation.documents
      .map((summary) => ({ summary, text: revocationName(text, summary) }))
      .filter(({ summary, text: name }) => this.#isFound(`${name} ${summary.file?.name ?? ''}`))
      .slice(0, MOST_REVOCATIONS)
      .map(({ summary, text: name }) => ({ kind: 'revocation', summary, text: name }));
  }

  #articles(): PaletteResult[] {
    const { text } = this.#services;
    if (this.query.trim().length < LEAST_ARTICLE_LETTERS) return [];
    const { hits, isPartial } = findKnowledge(this.query);
    return (isPartial ? [] : hits.slice(0, MOST_ARTICLES)).map(({ ref }) => ({
      kind: 'article',
      ref,
      text: getTitle(ref, text),
    }));
  }

  #authorities(): PaletteResult[] {
    const { authority, text } = this.#services;
    return authority.trees
      .flatMap((tree): PaletteResult[] => [
        ...(this.#isFound(tree.name) ? [{ kind: 'authority', tree, text: tree.name } as const] : []),
        ...tree.rows
          .filter(isActive)
          .filter(({ name, role }) => this.#isFound(`${name} ${text.lookUp(`role.${role}`)} ${tree.name}`))
          .map((row) => ({ kind: 'authority', tree, row, text: row.name }) as const),
      ])
      .slice(0, MOST_ISSUED);
  }
}
