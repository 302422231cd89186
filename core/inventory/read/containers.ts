import { append } from '../../shared/lists.ts';
import type { Found, FoundContainer } from '../../formats/parsed-file.ts';
import {
  containerFinding,
  emptyContainerFinding,
  nameEntries,
  PKCS12_NAME,
  wrongPassphraseFinding,
} from '../../formats/pkcs/container-findings.ts';
import type { DerivationBudget } from '../../formats/pkcs/pkcs12-encryption.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { readPkcs12, type Pkcs12Certificate, type Pkcs12InClear, type Pkcs12Key } from '../../formats/pkcs/pkcs12.ts';
import type { Ports } from '../../shared/ports.ts';

const NO_PASSPHRASE = '';

/**
 * Opens the PFX files in `found`, if necessary with `passphrase`, and replaces them with their certificates and keys,
 * or with their unencrypted parts and a finding about the rest. Returns whether a file stays locked without its
 * passphrase.
 */
export async function openContainers(
  ports: Pick<Ports, 'keys'>,
  found: Found,
  { passphrase = NO_PASSPHRASE, budget }: { passphrase: string | undefined; budget: DerivationBudget },
): Promise<boolean> {
  let isLocked = false;
  for (const container of found.containers.splice(0)) {
    const { entry, line } = container;
    const place = { entry, line };
    const open = await readPkcs12(ports, container.der, NO_PASSPHRASE, budget);
    const needsPassphrase = !open.ok && open.problem.kind === 'wrong-passphrase';
    const isTried = needsPassphrase && passphrase !== NO_PASSPHRASE;
    const reading = isTried ? await readPkcs12(ports, container.der, passphrase, budget) : open;
    if (reading.ok) {
      const { certificates, keys } = reading;
      addCertificates(found, certificates, () => container);
      addKeys(ports, found, { container, keys, isSealed: isTried });
      if (certificates.length + keys.length > 0) continue;
      found.findings.push({ ...emptyContainerFinding(PKCS12_NAME), place });
    } else {
      const { problem, inClear } = reading;
      addInClear(found, container, inClear);
      const isClosed = problem.kind === 'wrong-passphrase';
      isLocked ||= isClosed;
      const finding =
        isClosed && isTried ? wrongPassphraseFinding(PKCS12_NAME) : containerFinding(PKCS12_NAME, problem);
      const count = inClear.certificates.length;
      const params = { ...finding.params, ...(isClosed && { count }) };
      found.findings.push({ ...finding, place, params });
    }
    const isNothing = found.certificates.length + found.keys.length === 0;
    if (found.format === 'pkcs12' && isNothing) found.format = 'refused';
  }
  return isLocked;
}

/** Adds keys and overwrites their bytes. Their text is kept until it has been compared with the certificates. */
function addKeys(
  ports: Pick<Ports, 'keys'>,
  found: Found,
  { container, keys, isSealed }: { container: FoundContainer; keys: readonly Pkcs12Key[]; isSealed: boolean },
): void {
  for (const { pkcs8 } of keys) {
    found.keys.push({
      ...commonParts(container),
      keyPem: encodePem('PRIVATE KEY', pkcs8),
      ...(isSealed && { isSealed }),
    });
    ports.keys.wipe(pkcs8);
  }
}

/** Adds the unencrypted certificates, and each locked key beside the certificate that the file pairs it with. */
function addInClear(found: Found, container: FoundContainer, inClear: Pkcs12InClear): void {
  const { certificates, encryptedKeys } = inClear;
  const pairContainer = (localKeyId: string | undefined): FoundContainer =>
    localKeyId === undefined ? container : { ...container, pair: `${container.pair ?? ''}#${localKeyId}` };
  addCertificates(found, certificates, pairContainer);
  const named = new Set(certificates.map(({ localKeyId }) => localKeyId));
  for (const { der, localKeyId } of encryptedKeys) {
    if (localKeyId === undefined || !named.has(localKeyId)) continue;
    const keyPem = encodePem('ENCRYPTED PRIVATE KEY', der);
    found.keys.push({ ...commonParts(pairContainer(localKeyId)), keyPem });
  }
}

function addCertificates(
  found: Found,
  certificates: readonly Pkcs12Certificate[],
  containerOf: (localKeyId: string | undefined) => FoundContainer,
): void {
  const added = certificates.map(({ der, localKeyId }) => {
    const container = containerOf(localKeyId);
    return { ...commonParts(container), origin: container.origin, der };
  });
  const [first] = added;
  if (first !== undefined) nameEntries(added, first.entry);
  append(found.certificates, added);
}

function commonParts({ entry, line, pair }: FoundContainer): { entry: string; line?: number; pair?: string } {
  return { entry, line, pair };
}
