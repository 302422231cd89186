import { OTHER_PRODUCTS, type ElsewhereId } from '../../knowledge/model/other-causes.ts';

/*
 * Whose error it is. Kubernetes, Go and gRPC print the same sentences in every product, so the programs, ports, paths and
 * namespaces around a sentence decide.
 */

/** Words that only this product has. A sentence with one of them needs nothing around it. */
const OWN_WORDS =
  /aks-?hci|azurestackhci|kvactl|mocctl|nodectl|\bmoc\b|moc-kms|moclocation|wssd|cloud ?agent|cert-?tattoo|certificate-renewal|certtorenew|kms-?plugin|ad-auth-webhook|kubeconfig-mgmt|renewrevocation|ControlPlane machines/iu;
/** Lines around a sentence that still tell whose it is. */
const NEAR_LINES = 4;

export function hasOwnWord(phrases: readonly string[]): boolean {
  return phrases.some((phrase) => OWN_WORDS.test(phrase));
}

interface LineMarks {
  isOwn: boolean;
  products: readonly { id: ElsewhereId; sameLine: boolean }[];
}

/** The products named in a text; a line is looked at once, and only when something near it was found. */
export class ProductLines {
  readonly #lines: readonly string[];
  readonly #marks = new Map<number, LineMarks>();

  constructor(original: string) {
    this.#lines = original.split(/\r\n|\n|\r/u);
  }

  /** The product whose mark is nearer to a line than any of this product; `undefined` where none is near. */
  at(line: number): ElsewhereId | undefined {
    for (let distance = 0; distance <= NEAR_LINES; distance++) {
      const near = [...new Set([line - distance, line + distance])].map((each) => this.#marksOf(each));
      if (near.some(({ isOwn }) => isOwn)) return undefined;
      const product = near.flatMap(({ products }) => products).find(({ sameLine }) => !sameLine || distance === 0);
      if (product !== undefined) return product.id;
    }
    return undefined;
  }

  #marksOf(line: number): LineMarks {
    const known = this.#marks.get(line);
    if (known !== undefined) return known;
    const text = (this.#lines[line - 1] ?? '').normalize('NFKC');
    const products = OTHER_PRODUCTS.filter(({ marks }) => marks.test(text));
    const marks = {
      isOwn: OWN_WORDS.test(text),
      products: products.map(({ id, sameLine }) => ({ id, sameLine: sameLine === true })),
    };
    this.#marks.set(line, marks);
    return marks;
  }
}
