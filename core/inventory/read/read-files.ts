import { append } from '../../shared/lists.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Found } from '../../formats/parsed-file.ts';
import { recognise } from '../../formats/recognise.ts';
import { derivationBudget, type DerivationBudget } from '../../formats/pkcs/pkcs12-encryption.ts';
import type { CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { BulkReading, Ports } from '../../shared/ports.ts';
import type { CertificateCandidate, CredentialCandidate } from '../assign/candidate.ts';
import { ImportWork } from '../import-work.ts';
import { keyReadable } from '../findings/key-readable.ts';
import { moduleFacts, withConfigSource } from '../findings/module-facts.ts';
import { runSteps } from '../../shared/stepwise/steps.ts';
import { ahead, attempt, type Attempt } from './ahead.ts';
import { openContainers } from './containers.ts';
import { Gathering } from './collect.ts';
import { listFiles, MAX_FILE_BYTES, readingFinding, type ListedFile, type Listing } from './read-paths.ts';
import { lookBeside, readReference, type Beside } from '../assign/references.ts';
import type { RevocationCandidate } from './revocations.ts';

type ReadingPorts = Pick<Ports, 'files' | 'crypto' | 'keys' | 'scheduler'>;

/** Contents of all files under some paths. */
export interface Reading {
  candidates: CredentialCandidate[];
  findings: Finding[];
  revocations: RevocationCandidate[];
  filesRead: number;
  /** Whether all of it follows from what `seen` and `beside` were told, and nothing is closed with a passphrase. */
  isOfFiles: boolean;
  /** Paths of all files that were read. */
  read: Set<string>;
  filesWithoutCredentials: string[];
  /** Paths of files of which something is closed for want of its passphrase. */
  locked: string[];
}

export interface ReadingOptions {
  work?: ImportWork;
  /** The passphrase of what is closed in a file; `undefined` when nobody knows it. It is used and kept nowhere. */
  passphraseFor?: (path: string) => string | undefined;
  /** Called for each certificate, in the order of the files. */
  found?: (certificate: CertificateCandidate) => void;
  /** Facts of a certificate that is known, and need not be decoded. */
  factsOf?: (id: CredentialId) => CertificateFacts | undefined;
  /** Called for each file, in their order, before it is decoded. */
  seen?: SeenFile;
  /** Called for each file that one of them refers to. */
  beside?: SeenBeside;
  /** Called for each of the paths at which nothing can be seen, as for one that is gone, instead of a finding for it. */
  unseen?: (path: string) => void;
}

/** Told of a file, of its content or why that cannot be read, and how many credentials were in those before it. */
export type SeenFile = (file: ListedFile, content: Uint8Array | Finding, credentialsFound: number) => void;

export type SeenBeside = (path: string, beside: Beside) => void;

/** As `FoundFiles.read`, of files that are listed for that alone. */
export async function readFiles(
  ports: ReadingPorts,
  paths: readonly string[],
  { work = new ImportWork(ports.scheduler), ...options }: ReadingOptions = {},
): Promise<Reading> {
  const files = new FoundFiles(ports, paths, { work });
  try {
    await files.list();
    return await files.read(options);
  } finally {
    files.end();
  }
}

/** Few at first, since then they are read one by one. */
const READ_SINGLY = 256;
/** So many are decoded in about a millisecond. */
const MANY_IN_ONE = 32;
const BATCH = { files: 256, bytes: 1024 * 1024 };

/** Files that are read together. */
function batches(files: readonly ListedFile[]): ListedFile[][] {
  const found: ListedFile[][] = [];
  let bytes = 0;
  for (const [at, file] of files.entries()) {
    const last = found.at(-1);
    bytes += file.size;
    if (last !== undefined && at >= READ_SINGLY && last.length < BATCH.files && bytes <= BATCH.bytes) last.push(file);
    else {
      found.push([file]);
      bytes = file.size;
    }
  }
  return found;
}

async function readBatch(
  { files }: Pick<Ports, 'files'>,
  batch: readonly ListedFile[],
  bulk: BulkReading | undefined,
): Promise<Attempt<Uint8Array>[]> {
  const known = (await bulk?.read(batch)) ?? [];
  const contents: Attempt<Uint8Array>[] = [];
  for (const [at, { path, size }] of batch.entries()) {
    const bytes = known[at];
    if (bytes !== undefined) contents.push({ value: bytes });
    else contents.push(await attempt(() => files.read(path, MAX_FILE_BYTES, { expectedBytes: size })));
  }
  return contents;
}

/** Everything under some paths: listed once, then read. A window stays responsive in between. */
export class FoundFiles {
  readonly #ports: ReadingPorts;
  readonly #paths: readonly string[];
  readonly #work: ImportWork;
  readonly #bulk: BulkReading | undefined;
  readonly #unseen: ReadingOptions['unseen'];
  #listing: Listing = { files: [], findings: [] };

  constructor(
    ports: ReadingPorts,
    paths: readonly string[],
    { work, unseen }: { work: ImportWork } & Pick<ReadingOptions, 'unseen'>,
  ) {
    this.#ports = ports;
    this.#paths = paths;
    this.#work = work;
    this.#bulk = ports.files.inBulk?.();
    this.#unseen = unseen;
  }

  get listing(): Listing {
    return this.#listing;
  }

  /** What was cancelled does not wait for a drive that does not answer, here and in what follows. */
  async list(): Promise<void> {
    const options = { work: this.#work, bulk: this.#bulk, unseen: this.#unseen };
    this.#listing = await this.#work.waitFor(listFiles(this.#ports.files, this.#paths, options));
  }

  /**
   * What is in the files: the same as if one was read after the other. Those that cannot be read become findings.
   */
  read(options: Omit<ReadingOptions, 'work' | 'unseen'> = {}): Promise<Reading> {
    return this.#work.waitFor(this.#read(options));
  }

  /** The same files, of which none is decoded. */
  look(seen: (file: ListedFile, content: Uint8Array | Finding) => void): Promise<void> {
    return this.#work.waitFor(this.#look(seen));
  }

  /** Calls `seen` for files that others refer to, in this order. */
  lookBeside(paths: readonly string[], seen: SeenBeside): Promise<void> {
    return this.#work.waitFor(this.#lookBeside(paths, seen));
  }

  end(): void {
    this.#bulk?.end();
  }

  async #lookBeside(paths: readonly string[], seen: SeenBeside): Promise<void> {
    for await (const [path, looked] of ahead(paths, (path) => lookBeside(this.#ports.files, path))) {
      if ('error' in looked) throw looked.error;
      const pause = this.#work.pause();
      if (pause !== undefined) await pause;
      seen(path, looked.value);
    }
  }

  async #look(seen: (file: ListedFile, content: Uint8Array | Finding) => void): Promise<void> {
    for await (const [batch, contents] of this.#contents()) {
      for (const [at, bytes] of contents.entries()) {
        const pause = this.#work.pause();
        if (pause !== undefined) await pause;
        seen(batch[at]!, contentOf(batch[at]!, bytes));
      }
    }
  }

  async #read({
    passphraseFor = () => undefined,
    found: tell = () => undefined,
    factsOf = () => undefined,
    seen = () => undefined,
    beside = () => undefined,
  }: ReadingOptions): Promise<Reading> {
    const work = this.#work;
    const gathering = new Gathering(this.#ports.crypto, factsOf);
    for (const finding of this.#listing.findings) gathering.remark(finding);
    const filesWithoutCredentials: string[] = [];
    const locked: string[] = [];
    const read = new Set<string>();
    const budget = derivationBudget();
    let [filesRead, isOfFiles] = [0, true];
    const filesTotal = this.#listing.files.length;
    const take = (
      file: ListedFile,
      { found, isLocked, isContainer }: Content,
      certificates: readonly CertificateCandidate[],
    ): void => {
      if (isLocked) locked.push(file.path);
      isOfFiles &&= !isContainer;
      filesRead += 1;
      read.add(file.path);
      if (found.format === 'nothing') filesWithoutCredentials.push(file.path);
      for (const certificate of certificates) tell(certificate);
      work.reportReading({ filesRead, credentialsFound: gathering.count, filesTotal });
    };
    for await (const [batch, contents] of this.#contents()) {
      for (const [at, bytes] of contents.entries()) {
        const file = batch[at]!;
        const pause = work.pause();
        if (pause !== undefined) await pause;
        seen(file, contentOf(file, bytes), gathering.count);
        const passphrase = passphraseFor(file.path);
        let content: Content;
        try {
          const found = foundInFile(this.#ports, { file, bytes }, { passphrase, beside, budget });
          content = found instanceof Promise ? await found : found;
        } catch (error) {
          gathering.remark(readingFinding(file, error));
          continue;
        }
        const adding = gathering.add(file, content.found);
        const { certificates, keys } = content.found;
        const isLong = certificates.length + keys.length > MANY_IN_ONE;
        take(file, content, isLong ? await work.run(adding) : runSteps(adding));
      }
    }
    return { ...(await work.run(gathering.finish())), filesRead, isOfFiles, read, filesWithoutCredentials, locked };
  }

  async *#contents(): AsyncGenerator<[ListedFile[], Attempt<Uint8Array>[]], void> {
    const read = (batch: ListedFile[]) => readBatch(this.#ports, batch, this.#bulk);
    for await (const [batch, attempted] of ahead(batches(this.#listing.files), read)) {
      if ('error' in attempted) throw attempted.error;
      yield [batch, attempted.value];
    }
  }
}

function contentOf(file: ListedFile, bytes: Attempt<Uint8Array>): Uint8Array | Finding {
  return 'error' in bytes ? readingFinding(file, bytes.error) : bytes.value;
}

interface Content {
  found: Found;
  isLocked: boolean;
  /** What is in it may depend on a passphrase. */
  isContainer: boolean;
}

interface FileOptions {
  passphrase: string | undefined;
  beside: SeenBeside;
  budget: DerivationBudget;
}

/** Contents of one file, including the files that it refers to; a promise only where something is to be opened or read for it. */
function foundInFile(
  ports: ReadingPorts,
  { file, bytes }: { file: ListedFile; bytes: Attempt<Uint8Array> },
  options: FileOptions,
): Content | Promise<Content> {
  if ('error' in bytes) throw bytes.error;
  const found = recognise(bytes.value);
  if (found.containers.length + found.references.length > 0) return withContents(ports, { file, found }, options);
  judge(file, found);
  return { found, isLocked: false, isContainer: false };
}

function judge(file: ListedFile, found: Found): void {
  found.findings = [...found.findings.map(withConfigSource), ...keyReadable(file, found), ...moduleFacts(found)];
}

async function withContents(
  ports: ReadingPorts,
  { file, found }: { file: ListedFile; found: Found },
  { passphrase, beside, budget }: FileOptions,
): Promise<Content> {
  const isContainer = found.containers.length > 0;
  const isLocked = await openContainers(ports, found, { passphrase, budget });
  judge(file, found);
  for (const reference of found.references) {
    const { modified, found: named } = await readReference(ports.files, file, reference, beside);
    append(found.findings, named.findings);
    append(found.keys, named.keys);
    append(
      found.certificates,
      named.certificates.map((one) => ({ ...one, modified })),
    );
    append(
      found.tokens,
      named.tokens.map((one) => ({ ...one, modified })),
    );
  }
  return { found, isLocked, isContainer };
}
