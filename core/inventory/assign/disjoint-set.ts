/** The representative of a set of names is the smallest name. */
export class Groups {
  readonly #parents = new Map<string, string>();

  join(first: string, ...others: string[]): void {
    let root = this.find(first);
    for (const other of others) {
      const otherRoot = this.find(other);
      const [small, large] = root < otherRoot ? [root, otherRoot] : [otherRoot, root];
      if (small !== large) this.#parents.set(large, small);
      root = small;
    }
  }

  find(thing: string): string {
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
