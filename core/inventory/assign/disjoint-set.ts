/** Things that belong together, joined step by step. Names of things are free text; the answer is the smallest of each set. */
export class Groups {
  readonly #parents = new Map<string, string>();

  join(first: string, ...others: string[]): void {
    let root = this.of(first);
    for (const other of others) {
      const otherRoot = this.of(other);
      const [small, large] = root < otherRoot ? [root, otherRoot] : [otherRoot, root];
      if (small !== large) this.#parents.set(large, small);
      root = small;
    }
  }

  /** The name that stands for the set of `thing`; a thing never joined stands for itself. */
  of(thing: string): string {
    let root = thing;
    for (let next = this.#parents.get(root); next !== undefined; next = this.#parents.get(root)) root = next;
    for (let at = thing; at !== root;) {
      const next = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }
}
