import { PROFILES } from '../../pki/model/profiles.ts';
import type { CertificateTemplate } from '../../shared/certificates/certificate-template.ts';
import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { writeKubeconfig } from '../../formats/kubernetes/kubeconfig-writer.ts';
import type { Keys, PrivateKey } from '../../shared/ports.ts';
import { issueCertificate, issueRoot, type IssuedCertificate, type SigningAuthority } from '../../pki/issue/issue.ts';
import { buildNamedTemplate } from '../../pki/issue/profile-template.ts';
import { unlessAbsent } from '../../store/durable-json-file.ts';
import { isMade, type CreationPlan, type CreationRecord, type CreationStep } from './creation-plan.ts';
import type { AuthorityWish, LeafWish } from './creation-spec.ts';
import { getPlace, hasPublicKey, readPrivateKey, type CreatePorts, type Folder } from './found-files.ts';
import { privateKeyPem } from '../../pki/issue/private-key-pem.ts';
import type { ServiceAccountTask } from './service-account-file.ts';
import {
  bootstrapText,
  encodePems,
  listSteps,
  summariseCertificate,
  inspectExisting,
  type AuthorityTask,
  type BootstrapTask,
  type LeafTask,
  type Survey,
} from './inspect-existing.ts';

/**
 * Carries out a plan. Replaces whole files, a key before its certificate, and keeps the previous content as
 * `.previous`, so that the next run can continue after an interruption. Throws `creation.outdated` if the files no
 * longer match the plan.
 */
export async function carryOut(ports: CreatePorts, { spec, folder, steps }: CreationPlan): Promise<CreationRecord[]> {
  const survey = await inspectExisting(ports, spec, folder);
  checkPlan(steps, listSteps(survey));
  return new Run({ ports, folder }, survey).carryOut();
}

function checkPlan(planned: readonly CreationStep[], found: readonly CreationStep[]): void {
  const differing = found.find(({ path, action }, index) => {
    const before = planned[index];
    return before?.path !== path || before.action !== action;
  });
  const path = differing?.path ?? planned[found.length]?.path;
  if (path !== undefined) throw new ConsoleError('creation.outdated', { path });
}

class Run {
  readonly #at: Folder;
  readonly #survey: Survey;
  readonly #takeKey: () => Promise<PrivateKey>;
  readonly #signers = new Map<AuthorityTask, SigningAuthority>();

  constructor(at: Folder, survey: Survey) {
    this.#at = at;
    this.#survey = survey;
    this.#takeKey = orderKeys(at.ports.keys, keysFor(survey));
  }

  async carryOut(): Promise<CreationRecord[]> {
    const { authorities, serviceAccount, leaves, bootstrap } = this.#survey;
    const records: CreationRecord[] = [];
    const record = ({ step }: { step: CreationStep }, made?: IssuedCertificate): void => {
      records.push({ ...step, certificate: made ? summariseCertificate(this.#at.ports, made) : step.present });
    };
    for (const task of authorities) record(task, await this.#authority(task));
    for (const task of serviceAccount) {
      await this.#serviceAccount(task);
      record(task);
    }
    for (const task of leaves) record(task, await this.#leaf(task));
    for (const task of bootstrap) {
      await this.#bootstrap(task);
      record(task);
    }
    return records;
  }

  async #authority(task: AuthorityTask): Promise<IssuedCertificate | undefined> {
    const { step, wish, isInterrupted } = task;
    const { ports } = this.#at;
    if (step.action === 'restore' || (isInterrupted && isMade(step.action)))
      await putBackKey(this.#at, `${wish.pair}.key`);
    if (!isMade(step.action)) return undefined;
    const kept = await this.#orphan(task);
    const key = kept ?? (await this.#prepareKey(task));
    const signer = issueRoot(ports, { template: authorityTemplate(ports, wish), key });
    if (kept === undefined) await this.#writeKey(wish.pair, key);
    await writeFile(this.#at, `${wish.pair}.crt`, encodePems([signer]), FOR_EVERYBODY);
    this.#signers.set(task, signer);
    return signer;
  }

  /**
   * Takes a key generated in advance; for a missing certificate, whose old key might have been usable, generates it.
   */
  #prepareKey({ step, wish }: AuthorityTask): Promise<PrivateKey> {
    return step.reason === 'certificate-missing'
      ? this.#at.ports.keys.generate(wish.keyAlgorithm.value)
      : this.#takeKey();
  }

  /** Reuses a key that has no certificate, so that everything it signed stays valid. */
  async #orphan({ step, wish }: AuthorityTask): Promise<PrivateKey | undefined> {
    if (step.reason !== 'certificate-missing') return undefined;
    const key = await readPrivateKey(this.#at, `${wish.pair}.key`);
    const { value, isStated } = wish.keyAlgorithm;
    return isStated && key?.algorithm !== value ? undefined : key;
  }

  async #serviceAccount({ step, wish, spki }: ServiceAccountTask): Promise<void> {
    if (!isMade(step.action)) return;
    let published = spki;
    if (published === undefined) {
      const key = await this.#takeKey();
      await this.#writeKey(wish.pair, key);
      published = key.spki;
    }
    await writeFile(this.#at, `${wish.pair}.pub`, encodePem('PUBLIC KEY', published), FOR_EVERYBODY);
  }

  async #leaf(task: LeafTask): Promise<IssuedCertificate | undefined> {
    const { step, wish, isInterrupted } = task;
    if (isInterrupted && 'pair' in wish && step.action !== 'blocked') await putBackKey(this.#at, `${wish.pair}.key`);
    if (!isMade(step.action)) return undefined;
    const { ports } = this.#at;
    const key = await this.#takeKey();
    const issuer = await this.#openSigner(task.authority);
    const template = leafTemplate(ports, wish, issuer.facts.notAfter);
    const issued = issueCertificate(ports, { template, subjectSpki: key.spki, issuer });
    if ('pair' in wish) {
      await this.#writeKey(wish.pair, key);
      await writeFile(this.#at, `${wish.pair}.crt`, encodePems([issued]), FOR_EVERYBODY);
    } else {
      const content = writeKubeconfig({
        clusterName: wish.clusterName,
        server: wish.server,
        certificateAuthorityPem: encodePems(this.#trustBundle(task.authority)),
        userName: wish.subject.commonName,
        credentials: { certificatePem: encodePems([issued]), keyPem: privateKeyPem(ports, key) },
      });
      await writeFile(this.#at, wish.file, content, FOR_OWNER);
    }
    return issued;
  }

  async #bootstrap({ step, wish, authority, token }: BootstrapTask): Promise<void> {
    if (!isMade(step.action)) return;
    if (token === undefined) throw new Error('a bootstrap kubeconfig without a token');
    await writeFile(this.#at, wish.file, bootstrapText(wish, token, this.#trustBundle(authority)), FOR_OWNER);
  }

  async #writeKey(pair: string, key: PrivateKey): Promise<void> {
    await writeFile(this.#at, `${pair}.key`, privateKeyPem(this.#at.ports, key), FOR_OWNER);
  }

  /** Reads the key only when something must be signed, and only once. */
  async #openSigner(task: AuthorityTask): Promise<SigningAuthority> {
    const known = this.#signers.get(task);
    if (known !== undefined) return known;
    const { certificate } = task.verdict;
    const key = await readPrivateKey(this.#at, `${task.wish.pair}.key`);
    if (certificate === undefined || key === undefined || !hasPublicKey(certificate, key.spki))
      throw new ConsoleError('creation.outdated', { path: task.step.path });
    const signer = { ...certificate, key };
    this.#signers.set(task, signer);
    return signer;
  }

  #trustBundle(task: AuthorityTask): readonly IssuedCertificate[] {
    const signer = this.#signers.get(task);
    return signer !== undefined && isMade(task.step.action) ? [signer] : task.bundle;
  }
}

function keysFor({ authorities, serviceAccount, leaves }: Survey): KeyAlgorithm[] {
  const isTaskMade = ({ step }: { step: CreationStep }): boolean => isMade(step.action);
  return [
    ...authorities
      .filter((task) => isTaskMade(task) && task.step.reason !== 'certificate-missing')
      .map(({ wish }) => wish.keyAlgorithm.value),
    ...serviceAccount
      .filter((task) => isTaskMade(task) && task.spki === undefined)
      .map(({ wish }) => wish.keyAlgorithm),
    ...leaves.filter(isTaskMade).map(({ wish }) => wish.keyAlgorithm.value),
  ];
}

/** Number of keys generated in advance, because RSA keys take long to generate. More keys would only use memory. */
const AHEAD = 4;

function orderKeys(keys: Pick<Keys, 'generate'>, wanted: KeyAlgorithm[]): () => Promise<PrivateKey> {
  const coming: Promise<PrivateKey>[] = [];
  const order = (): void => {
    for (const algorithm of wanted.splice(0, AHEAD - coming.length)) {
      const key = keys.generate(algorithm);
      // The step that awaits the key handles the failure, unless the run has already failed.
      key.catch(() => undefined);
      coming.push(key);
    }
  };
  order();
  return async () => {
    const next = coming.shift();
    if (next === undefined) throw new Error('more keys are taken than were wanted');
    order();
    return next;
  };
}

function authorityTemplate(
  ports: CreatePorts,
  { profile, subject, sans, validityMs }: AuthorityWish | LeafWish,
): CertificateTemplate {
  return buildNamedTemplate(ports, { profile: PROFILES[profile], subject, sans, validityMs: validityMs.value });
}

/** Returns the template for a leaf, which expires no later than its issuer: nobody would accept it afterwards. */
function leafTemplate(ports: CreatePorts, wish: LeafWish, end: CertificateTemplate['notAfter']): CertificateTemplate {
  const template = authorityTemplate(ports, wish);
  return {
    ...template,
    notAfter: template.notAfter > end ? end : template.notAfter,
    moc: wish.identity === undefined ? undefined : { accessIdentity: wish.identity },
  };
}

const FOR_OWNER = 0o600;
const FOR_EVERYBODY = 0o644;

async function writeFile(at: Folder, file: string, content: string, mode: number): Promise<void> {
  const { files } = at.ports;
  const path = getPlace(at, file);
  await files.createFolder(files.parentFolder(path));
  await files.replace(path, content, { keepPrevious: true, mode });
}

/**
 * Undoes a half-finished replacement: restores the key that belongs to the certificate and sets the other key aside.
 * Another interruption loses neither key, since each has a name of its own.
 */
async function putBackKey(at: Folder, file: string): Promise<void> {
  const { files } = at.ports;
  // The key is absent if an earlier, interrupted run has already moved it.
  await unlessAbsent(files.move(getPlace(at, file), getPlace(at, `${file}.unmatched`)));
  await files.move(getPlace(at, `${file}.previous`), getPlace(at, file));
}
