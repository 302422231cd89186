/**
 * Properties of many objects that are made when somebody reads them. They are an object’s own, and are copied with it as
 * what they hold. An object literal with `get` would do, but each such object takes a kilobyte; these share their getters.
 */
export class LazyProperties<From extends object, Properties extends object> {
  /** An object’s property that is not copied with it: where it has the others from. */
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

  /** Gives `object` the properties of `from`; returns it. */
  add<T extends object>(object: T, from: From): T & Properties {
    Object.defineProperty(object, this.#source, { value: from });
    // `defineProperties` takes a quarter longer.
    for (const [name, getter] of this.#getters) Object.defineProperty(object, name, getter);
    return object as T & Properties;
  }

  /** The source that an object takes them from; `undefined` for one that has them itself. */
  sourceOf(object: object): From | undefined {
    return (object as Record<symbol, From>)[this.#source];
  }
}
