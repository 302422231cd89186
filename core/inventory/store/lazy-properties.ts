/** Computes own properties of many objects on demand, with shared getters: a literal with its own takes a kilobyte. */
export class LazyProperties<From extends object, Properties extends object> {
  /** The property that holds the source of the others; a copy of the object lacks it. */
  readonly #source = Symbol('source');
  readonly #getters: (readonly [string, PropertyDescriptor])[] = [];

  constructor(makers: { [Name in keyof Properties]: (from: From) => Properties[Name] }) {
    const source = this.#source;
    for (const [name, make] of Object.entries<(from: From) => unknown>(makers)) {
      function get(this: Record<symbol, From>): unknown {
        return make(this[source]!);
      }
      this.#getters.push([name, { get, configurable: true, enumerable: true }]);
    }
  }

  add<T extends object>(object: T, from: From): T & Properties {
    Object.defineProperty(object, this.#source, { value: from });
    // `defineProperties` is 25 % slower.
    for (const [name, getter] of this.#getters) Object.defineProperty(object, name, getter);
    return object as T & Properties;
  }

  /** Returns the source of an object's added properties; `undefined` if they are plain values. */
  findSource(object: object): From | undefined {
    return (object as Record<symbol, From>)[this.#source];
  }
}
