import type { AuthorityTree } from '../../core/authorities/model/view.ts';
import { visibleNodes, type AuthorityNode, type NodeContent, type NodeId } from './nodes.ts';

/** Letters typed within this time are one search term. */
const TYPING_MS = 800;

interface Services {
  trees: () => readonly AuthorityTree[];
  nodeName: (node: AuthorityNode) => string;
  onselect: () => void;
}

export class AuthorityTreeState {
  #services: Services;
  #toggled: ReadonlyMap<NodeId, boolean> = $state.raw(new Map());
  #typed = { text: '', atMs: -Infinity };
  #selected = $state<NodeId>();

  readonly nodes = $derived.by(() =>
    visibleNodes(this.#services.trees(), (id, content) => this.#isExpanded(id, content)),
  );
  /** 0 if nothing is selected; -1 in an empty tree. */
  readonly selectedIndex = $derived.by(() => {
    const index = this.nodes.findIndex(({ id }) => id === this.#selected);
    return index === -1 && this.nodes.length > 0 ? 0 : index;
  });
  readonly selected = $derived(this.nodes[this.selectedIndex]);

  constructor(services: Services) {
    this.#services = services;
  }

  select(id: NodeId): void {
    this.#selected = id;
    this.#services.onselect();
  }

  reveal(id: NodeId, path: readonly NodeId[]): void {
    this.#toggled = new Map([...this.#toggled, ...path.map((each) => [each, true] as const)]);
    this.select(id);
  }

  toggle({ id, expanded, level }: AuthorityNode): void {
    if (expanded === undefined) return;
    const selected = this.selected;
    this.#toggled = new Map([...this.#toggled, [id, !expanded]]);
    // Collapsing hides the selected node, so the collapsed node is selected instead.
    if (expanded && selected !== undefined && selected.level > level && !this.#isInSight(selected)) this.select(id);
  }

  /** Handles a key; returns `false` if the key has no function here. `page` is the number of visible lines. */
  pressKey(key: string, page: number): boolean {
    const node = this.selected;
    if (node === undefined) return false;
    const { selectedIndex: at, nodes } = this;
    const targets: Partial<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: nodes.length - 1,
    };
    const target = targets[key];
    if (target !== undefined) this.#go(target);
    else if (key === 'ArrowRight') {
      if (node.expanded === false) this.toggle(node);
      else if (node.expanded === true) this.#go(at + 1);
    } else if (key === 'ArrowLeft') {
      if (node.expanded === true) this.toggle(node);
      else if (node.parent !== undefined) this.select(node.parent);
    } else return false;
    return true;
  }

  /**
   * Selects the next name that starts with the typed letters. Letters typed quickly form one search term; repeating a
   * letter moves to the next match.
   */
  typeLetter(letter: string, nowMs: number): void {
    const isQuick = nowMs - this.#typed.atMs < TYPING_MS;
    const before = isQuick ? this.#typed.text : '';
    const lower = letter.toLowerCase();
    const isRepeated = before !== '' && [...before].every((each) => each === lower);
    const text = isRepeated ? before : before + lower;
    this.#typed = { text, atMs: nowMs };
    const from = this.selectedIndex + (before === '' || isRepeated ? 1 : 0);
    const inOrder = [...this.nodes.slice(from), ...this.nodes.slice(0, from)];
    const found = inOrder.find((node) => this.#services.nodeName(node).toLowerCase().startsWith(text));
    if (found !== undefined) this.select(found.id);
  }

  #go(index: number): void {
    const node = this.nodes[Math.max(0, Math.min(this.nodes.length - 1, index))];
    if (node !== undefined) this.select(node.id);
  }

  #isInSight({ id }: AuthorityNode): boolean {
    return this.nodes.some((node) => node.id === id);
  }

  /** Returns whether a node is expanded. By default, only the group of certificates no longer in use is collapsed. */
  #isExpanded(id: NodeId, { kind }: NodeContent): boolean {
    return this.#toggled.get(id) ?? kind !== 'past';
  }
}
