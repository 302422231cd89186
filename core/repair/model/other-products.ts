import { OTHER_PRODUCTS, type ElsewhereId, type OtherProduct } from '../../knowledge/model/other-causes.ts';

/*
 * Kubernetes, Go and gRPC print the same sentences in every product. Nearby programs, ports, paths and namespaces
 * identify the product.
 */

/** Words that only AKS enabled by Azure Arc uses. */
const OWN_WORDS =
  /aks-?hci|azurestackhci|kvactl|mocctl|nodectl|\bmoc\b|moc-kms|moclocation|wssd|cloud ?agent|cert-?tattoo|certificate-renewal|certtorenew|kms-?plugin|ad-auth-webhook|kubeconfig-mgmt|renewrevocation|ControlPlane machines/iu;
/** Lines before and after a sentence. */
const NEAR_LINES = 4;

export function hasOwnWord(phrases: readonly string[]): boolean {
  return phrases.some((phrase) => OWN_WORDS.test(phrase));
}

interface LineMarks {
  isOwn: boolean;
  products: readonly OtherProduct[];
}

export interface MarkedLines {
  lines: readonly string[];
  marks: Map<number, LineMarks>;
}

/** Returns the product whose mark is nearer than any of `OWN_WORDS`; `undefined` if no mark is near. */
export function findProduct(marked: MarkedLines, line: number): ElsewhereId | undefined {
  for (let distance = 0; distance <= NEAR_LINES; distance++) {
    const near = [...new Set([line - distance, line + distance])].map((each) => readMarks(marked, each));
    if (near.some(({ isOwn }) => isOwn)) return undefined;
    const product = near.flatMap(({ products }) => products).find(({ sameLine }) => !sameLine || distance === 0);
    if (product !== undefined) return product.id;
  }
  return undefined;
}

function readMarks({ lines, marks: known }: MarkedLines, line: number): LineMarks {
  let marks = known.get(line);
  if (marks === undefined) {
    const text = (lines[line - 1] ?? '').normalize('NFKC');
    const products = OTHER_PRODUCTS.filter((each) => each.marks.test(text));
    marks = { isOwn: OWN_WORDS.test(text), products };
    known.set(line, marks);
  }
  return marks;
}
