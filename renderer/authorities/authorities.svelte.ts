import type { AuthorityContext } from './context.ts';
import type { AuthorityEntryDetails, AuthorityRow, AuthorityTree } from '../../core/authorities/model/view.ts';
import { isActive, type AuthorityId } from '../../core/pki/model/authority.ts';
import { listRevoked } from '../../core/authorities/model/revoked.ts';
import { lifeShares } from '../../core/expiry/model/board.ts';
import type { CredentialId } from '../../core/shared/ids.ts';
import type { Finding } from '../../core/shared/finding.ts';
import { timeLeftMs } from '../../core/knowledge/model/credentials/expiry-state.ts';
import { AUTHORITY_SHARE } from '../../core/authorities/model/settings.ts';
import { AuthorityAgent } from './identities/cloud-agent.svelte.ts';
import { AuthorityRights } from './identities/rights.svelte.ts';
import { AuthorityChecks } from './certificates/checks.svelte.ts';
import { AuthorityExports } from './certificates/exports.svelte.ts';
import { AuthorityIssuing } from './certificates/issuing.svelte.ts';
import { RequestSigning } from './certificates/signing.svelte.ts';
import { AuthorityKeys } from './keys/keys.svelte.ts';
import { entryNodeId, identitiesNodeId, identityNodeId, pathTo, type AuthorityNode } from './nodes.ts';
import { authorityHeadline, authorityOutlook, rowState } from './outlook.ts';
import { AuthorityTreeState } from './tree.svelte.ts';
import { AuthorityWork } from './work.svelte.ts';
import type { WindowServices } from '../parts/window/services.ts';

const FOLLOW_AFTER_MS = 60;
const MOST_NEXT = 6;
/** Percentage of the frame that one key press adds or removes. */
const STEP = 2;

export class AuthorityState {
  #services: WindowServices;
  #asked = 0;
  #following: ReturnType<typeof setTimeout> | undefined;
  readonly work: AuthorityWork;
  readonly tree: AuthorityTreeState;
  readonly keys: AuthorityKeys;
  readonly issuing: AuthorityIssuing;
  readonly signing: RequestSigning;
  readonly exports: AuthorityExports;
  readonly checks: AuthorityChecks;
  readonly agent: AuthorityAgent;
  readonly rights: AuthorityRights;

  trees: readonly AuthorityTree[] = $state.raw([]);
  findings: readonly Finding[] = $state.raw([]);
  complete = $state(false);
  /** The previous details stay until the next ones arrive, so that nothing flickers. */
  shown = $state.raw<AuthorityEntryDetails>();

  readonly empty = $derived(this.complete && this.trees.length === 0);
  readonly outlook = $derived.by(() =>
    authorityOutlook(this.trees, this.#services.now.current, this.#services.settings.classes),
  );
  readonly headline = $derived.by(() =>
    authorityHeadline(this.outlook, (ms) => this.#services.text.format.momentOrDay(ms, this.#services.now.current)),
  );
  /** Absent while the details are loading. */
  readonly details = $derived.by(() => {
    const { selected } = this.tree;
    if (selected?.kind !== 'certificate') return undefined;
    return this.shown?.row.id === selected.row.id ? this.shown : undefined;
  });
  /** Percentage of the frame. */
  readonly size = $derived.by(() => this.#services.settings.values.authorityShare);
  readonly limits = AUTHORITY_SHARE;

  constructor(services: WindowServices) {
    this.#services = services;
    const { api, notices } = services;
    this.work = new AuthorityWork(services);
    this.tree = new AuthorityTreeState({
      trees: () => this.trees,
      nodeName: (node) => this.nodeName(node),
      onselect: () => this.#follow(),
    });
    const context: AuthorityContext = {
      ...services,
      work: this.work,
      findTree: (id) => this.findTree(id),
      show: (authorityId, entryId) => this.show(authorityId, entryId),
      showIdentity: (authorityId, name) =>
        this.tree.reveal(identityNodeId(authorityId, name), [authorityId, identitiesNodeId(authorityId)]),
      take: (tree) => this.#take(tree),
      tell: (tree, done) => {
        if (tree === undefined) return;
        this.#take(tree);
        notices.success([done]);
      },
      drop: (id) => this.#drop(id),
    };
    this.keys = new AuthorityKeys(context);
    this.issuing = new AuthorityIssuing(context);
    this.signing = new RequestSigning(context);
    this.exports = new AuthorityExports(context);
    this.checks = new AuthorityChecks(context);
    this.agent = new AuthorityAgent(context);
    this.rights = new AuthorityRights(context);
    api.on.authority.changed((tree) => this.#take(tree));
    api.on.authority.removed(({ authorityId }) => this.#drop(authorityId));
  }

  async load(): Promise<void> {
    const { api, notices } = this.#services;
    const list = await api.authority.list();
    if (list.ok) {
      this.findings = list.value.findings;
      for (const { id } of list.value.authorities) {
        const tree = await api.authority.tree({ authorityId: id });
        if (tree.ok) this.#take(tree.value);
        else notices.problem(tree.problem);
      }
    } else notices.problem(list.problem);
    this.complete = true;
    await this.refresh();
  }

  /** Lists the revoked certificates for which a manifest can be made. */
  listRevoked(tree: AuthorityTree) {
    return listRevoked(tree, this.#services.now.current);
  }

  findTree(id: AuthorityId): AuthorityTree | undefined {
    return this.trees.find((tree) => tree.id === id);
  }

  findRow(id: AuthorityId, entryId: CredentialId): AuthorityRow | undefined {
    return this.findTree(id)?.rows.find((row) => row.id === entryId);
  }

  rowView(row: AuthorityRow) {
    const nowMs = this.#services.now.current;
    return {
      state: rowState(row, nowMs, this.#services.settings.classes),
      leftMs: timeLeftMs(row.notAfterMs, nowMs),
      life: lifeShares(row, nowMs, this.#services.settings.classes),
    };
  }

  roleName({ role, isCa, issuer, profile }: AuthorityRow): string {
    const { text } = this.#services;
    const isCross = isCa && profile === null && issuer !== 'self';
    return isCross ? text.t('authorities.cross') : text.lookUp(`role.${role}`);
  }

  /** Returns the text key for a revoked or replaced certificate; `undefined` for any other. */
  retirementKey({ revoked, supersededBy, isCa }: AuthorityRow) {
    if (revoked !== undefined) return 'authorities.revoked';
    if (supersededBy === undefined) return undefined;
    return isCa ? 'authorities.replacing' : 'authorities.replaced';
  }

  /** Lists the certificates that expire next, without CAs. */
  nextToEnd(tree: AuthorityTree): AuthorityRow[] {
    return tree.rows
      .filter((row) => isActive(row) && !row.isCa)
      .sort((a, b) => a.notAfterMs - b.notAfterMs)
      .slice(0, MOST_NEXT);
  }

  nodeName(node: AuthorityNode): string {
    const { text } = this.#services;
    switch (node.kind) {
      case 'authority':
        return node.tree.name;
      case 'certificate':
        return node.row.name;
      case 'past':
        return text.t('authorities.node.past', { count: node.count });
      case 'identities':
        return text.t('authorities.node.identities', { count: node.tree.identities.length });
      case 'identity':
        return node.identity.name;
    }
  }

  show(authorityId: AuthorityId, entryId?: CredentialId): void {
    const tree = this.findTree(authorityId);
    if (tree === undefined) return;
    if (entryId === undefined) this.tree.select(authorityId);
    else this.tree.reveal(entryNodeId(authorityId, entryId), pathTo(tree, entryId));
  }

  dismissFindings(): void {
    this.findings = [];
  }

  resize(percent: number): void {
    const { least, most } = AUTHORITY_SHARE;
    const authorityShare = Math.round(Math.max(least, Math.min(most, percent)));
    if (authorityShare !== this.size) this.#services.settings.change({ authorityShare });
  }

  resizeBy(steps: number): void {
    this.resize(this.size + steps * STEP);
  }

  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    const { selected } = this.tree;
    if (selected?.kind !== 'certificate') return;
    const request = { authorityId: selected.tree.id, entryId: selected.row.id };
    const result = await this.#services.api.authority.entry(request);
    if (asked !== this.#asked) return;
    if (result.ok) this.shown = result.value;
    else this.#services.notices.problem(result.problem);
  }

  /** Waits before requesting details, so that rows passed while an arrow key is held down cause no requests. */
  #follow(): void {
    clearTimeout(this.#following);
    this.#following = setTimeout(() => void this.refresh(), FOLLOW_AFTER_MS);
  }

  #take(tree: AuthorityTree): void {
    const { selected } = this.tree;
    // The clock of the screen may be half a minute behind the new certificate.
    this.#services.now.tick();
    const others = this.trees.filter(({ id }) => id !== tree.id);
    this.trees = [...others, tree].sort(compareTrees);
    if (selected?.tree.id !== tree.id || selected.kind !== 'certificate') return;
    // A certificate that is no longer in use has moved within the tree.
    const { id } = selected.row;
    if (tree.rows.some((row) => row.id === id)) this.show(tree.id, id);
  }

  #drop(id: AuthorityId): void {
    this.trees = this.trees.filter((tree) => tree.id !== id);
    if (this.shown?.authorityId === id) this.shown = undefined;
  }
}

function compareTrees(a: AuthorityTree, b: AuthorityTree): number {
  return `${a.createdAt} ${a.id}` < `${b.createdAt} ${b.id}` ? -1 : 1;
}
