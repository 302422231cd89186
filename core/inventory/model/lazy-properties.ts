/**
 * Properties of many objects that are made when somebody reads them. An object literal with `get` would do, but each such
 * object has a form of its own, which takes a kilobyte and makes whatever looks at it later slow; these share their getters.
 * They are an object’s own, and are copied with it as what they hold.
 */
export class LazyProperties<From extends object, Name extends keyof From & string> {
  readonly #from = Symbol('from');
  readonly #getters: [Name, PropertyDescriptor][];

  constructor(...names: Name[]) {
    const from = this.#from;
    this.#getters = names.map((name) => {
      function get(this: Record<symbol, From>): From[Name] {
        return this[from]![name];
      }
      return [name, { get, enumerable: true }];
    });
  }

  /** Gives `object` the properties of `from`; returns it. */
  add<T extends object>(object: T, from: From): T & Pick<From, Name> {
    Object.defineProperty(object, this.#from, { value: from });
    for (const [name, getter] of this.#getters) Object.defineProperty(object, name, getter);
    return object as T & Pick<From, Name>;
  }

  /** Where an object has them from; `undefined` for one that has them itself. */
  sourceOf(object: object): From | undefined {
    return (object as Record<symbol, From | undefined>)[this.#from];
  }
}
