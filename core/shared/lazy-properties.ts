/** Annex B of ECMAScript: takes half as long as `Object.defineProperty`, which reads a description for each object. */
type DefineGetter = (this: object, name: string, getter: () => unknown) => void;
const { __defineGetter__: defineGetter } = Object.prototype as unknown as { __defineGetter__: DefineGetter };

/** Returns the very object that it is given: what extends it adds its private fields to any object. */
class Itself {
  constructor(object: object) {
    return object;
  }
}

/**
 * Properties of many objects that are made when somebody reads them. An object literal with `get` would do, but each such
 * object has a form of its own, which takes a kilobyte and makes whatever looks at it later slow; these share their getters.
 * They are an object’s own, and are copied with it as what they hold.
 */
export class LazyProperties<From extends object, Name extends keyof From & string> {
  readonly #getters: [Name, () => From[Name]][];
  readonly #source = class extends Itself {
    readonly #from: From;

    constructor(object: object, from: From) {
      super(object);
      this.#from = from;
    }

    static of(object: object): From | undefined {
      return #from in object ? object.#from : undefined;
    }
  };

  constructor(...names: Name[]) {
    const source = this.#source;
    this.#getters = names.map((name) => {
      function get(this: object): From[Name] {
        return source.of(this)![name];
      }
      return [name, get];
    });
  }

  /** Gives `object` the properties of `from`; returns it. */
  add<T extends object>(object: T, from: From): T & Pick<From, Name> {
    new this.#source(object, from);
    for (const [name, getter] of this.#getters) defineGetter.call(object, name, getter);
    return object as T & Pick<From, Name>;
  }

  /** Where an object has them from; `undefined` for one that has them itself. */
  sourceOf(object: object): From | undefined {
    return this.#source.of(object);
  }
}
