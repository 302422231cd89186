import type { CsrObject } from '../../shared/certificates/csr-object.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Crypto, BulkReading, Ports } from '../../shared/ports.ts';
import { type Beside, lookBeside, readReference } from '../assign/references.ts';
import { append } from '../../shared/lists.ts';
import { recognise } from '../../formats/recognise.ts';
import { derivationBudget, type DerivationBudget } from '../../formats/pkcs/pkcs12-encryption.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { Credential, ManagementLink } from '../model/credential.ts';
import type { EarlySignatures } from '../assign/early-signatures.ts';
import { LongWork } from '../long-work.ts';
import { findLink } from '../management-links.ts';
import { keyReadable } from '../findings/key-readable.ts';
import { moduleFacts, citeConfig } from '../findings/module-facts.ts';
import { ahead, attempt, type Attempt } from './ahead.ts';
import { openContainers } from './containers.ts';
import { CandidateCollector, type Gathered } from './collect.ts';
import { listFiles, MAX_FILE_BYTES, failureFinding, type ListedFile, type Listing } from './read-paths.ts';

/** The contents that were read, in file order; equal contents have the same digest. */
class SeenFiles {
  readonly read = new Set<string>();
  readonly beside: string[] = [];
  readonly #lengths: (number | string)[] = [];
  readonly #hash: ReturnType<Crypto['sha256OfPieces']>;
  readonly #hashBeside: ReturnType<Crypto['sha256OfPieces']>;

  constructor(crypto: Crypto) {
    this.#hash = crypto.sha256OfPieces();
    this.#hashBeside = crypto.sha256OfPieces();
  }

  add(path: string, content: Uint8Array | Finding): void {
    if (content instanceof Uint8Array) {
      this.read.add(path);
      this.#lengths.push(content.length);
      this.#hash.add(content);
    } else this.#lengths.push(JSON.stringify(content));
  }

  addBeside(path: string, beside: Beside): void {
    this.beside.push(path);
    this.#hashBeside.add(JSON.stringify([path, beside?.modified, beside?.bytes.length]));
    if (beside !== undefined) this.#hashBeside.add(beside.bytes);
  }

  /** Returns the digest; no file can be added afterwards. */
  digest(): string {
    this.#hash.add(JSON.stringify(this.#lengths));
    this.#hash.add(this.#hashBeside.digest());
    return this.#hash.digest().join();
  }
}

type ReadingPorts = Pick<Ports, 'files' | 'crypto' | 'keys' | 'scheduler'>;

export interface Reading extends Gathered {
  filesRead: number;
  /** Number of credentials found before each file. */
  credentialsFound: number[];
  seen: SeenFiles;
  /** Whether there are no PFX files, whose content also depends on passphrases. */
  isOfFiles: boolean;
  filesWithoutCredentials: string[];
  locked: string[];
  links: ManagementLink[];
  /** Certificate requests that nobody has answered. */
  requests: { path: string; object: CsrObject; sample?: true }[];
}

export type FormerReading = Omit<Reading, 'candidates' | 'seen'> & { beside: readonly string[] };

export interface ReadingOptions {
  work?: LongWork;
  passphraseFor?: (path: string) => string | undefined;
  /** Certificates among these are not decoded and already have a cluster. */
  stored?: ReadonlyMap<CredentialId, Credential>;
  early?: EarlySignatures;
  /** If absent, a path that cannot be read becomes a finding. */
  unseen?: (path: string) => void;
}

export async function readFiles(
  ports: ReadingPorts,
  paths: readonly string[],
  { work = new LongWork(ports.scheduler), ...options }: ReadingOptions = {},
): Promise<Reading> {
  const files = new FoundFiles(ports, paths, { work });
  try {
    await files.list();
    return await files.read(options);
  } finally {
    files.end();
  }
}

const READ_SINGLY = 256;
const BATCH = { files: 256, bytes: 1024 * 1024 };

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

export class FoundFiles {
  readonly #ports: ReadingPorts;
  readonly #paths: readonly string[];
  readonly #work: LongWork;
  readonly #bulk: BulkReading | undefined;
  readonly #unseen: ReadingOptions['unseen'];
  listing: Listing = { files: [], findings: [], folders: new Set() };
  /** Digest of all file facts known without reading contents. */
  listed = '';

  constructor(
    ports: ReadingPorts,
    paths: readonly string[],
    { work, unseen }: { work: LongWork } & Pick<ReadingOptions, 'unseen'>,
  ) {
    this.#ports = ports;
    this.#paths = paths;
    this.#work = work;
    this.#bulk = ports.files.inBulk?.();
    this.#unseen = unseen;
  }

  async list(): Promise<void> {
    const options = { work: this.#work, bulk: this.#bulk, unseen: this.#unseen };
    this.listing = await listFiles(this.#ports.files, this.#paths, options);
    const hash = this.#ports.crypto.sha256OfPieces();
    hash.add(JSON.stringify(this.listing.findings));
    for (const batch of batches(this.listing.files)) {
      await this.#work.pause();
      hash.add(JSON.stringify(batch));
    }
    this.listed = hash.digest().join();
  }

  /** Lists the files that no longer exist in a folder that was listed. An unreadable file still exists. */
  async listGone(paths: readonly string[]): Promise<string[]> {
    const { files } = this.#ports;
    const gone: string[] = [];
    for (const path of paths) {
      if (!this.listing.folders.has(files.parentFolder(path))) continue;
      const looked = await attempt(() => files.facts(path));
      if ('error' in looked && failureFinding({ path, chosen: true }, looked.error).rule === 'file.not-found')
        gone.push(path);
    }
    return gone;
  }

  end(): void {
    this.#bulk?.end();
  }

  /** Reads without decoding, since the contents are probably those of an earlier reading. */
  async look({ beside, credentialsFound }: FormerReading): Promise<SeenFiles> {
    const seen = new SeenFiles(this.#ports.crypto);
    const filesTotal = this.listing.files.length;
    let count = 0;
    for await (const [file, content] of this.#contents()) {
      seen.add(file.path, content);
      const found = credentialsFound[(count += 1)] ?? 0;
      this.#work.report({ filesRead: seen.read.size, credentialsFound: found, filesTotal });
    }
    for await (const [path, looked] of ahead(beside, (path) => lookBeside(this.#ports.files, path))) {
      if ('error' in looked) throw looked.error;
      await this.#work.pause();
      seen.addBeside(path, looked.value);
    }
    return seen;
  }

  async read({ passphraseFor, stored = new Map(), early }: Omit<ReadingOptions, 'work' | 'unseen'>): Promise<Reading> {
    const work = this.#work;
    const seen = new SeenFiles(this.#ports.crypto);
    const collector = new CandidateCollector(this.#ports.crypto, stored);
    const { candidates } = collector;
    const findings = collector.findings.all;
    append(findings, this.listing.findings);
    const filesWithoutCredentials: string[] = [];
    const locked: string[] = [];
    const links: ManagementLink[] = [];
    const requests: Reading['requests'] = [];
    const credentialsFound: number[] = [];
    const budget = derivationBudget();
    let [filesRead, isOfFiles] = [0, true];
    const filesTotal = this.listing.files.length;
    for await (const [file, bytes] of this.#contents()) {
      const { path } = file;
      seen.add(path, bytes);
      credentialsFound.push(candidates.length);
      const passphrase = passphraseFor?.(path);
      if (!(bytes instanceof Uint8Array)) {
        findings.push(bytes);
        continue;
      }
      let content;
      try {
        content = await readContent(this.#ports, { file, bytes }, { passphrase, seen, budget });
      } catch (error) {
        findings.push(failureFinding(file, error));
        continue;
      }
      if (content.isLocked) locked.push(path);
      const { moduleFacts: facts } = content.found;
      const link = facts === undefined || file.sample ? undefined : findLink(path, facts);
      if (link !== undefined) links.push(link);
      for (const object of content.found.requests) requests.push({ path, object, sample: file.sample });
      isOfFiles &&= !content.isContainer;
      filesRead += 1;
      if (content.found.format === 'nothing') filesWithoutCredentials.push(path);
      for (const certificate of await collector.add(work, file, content.found))
        if (!stored.has(certificate.id)) early?.add(certificate);
      work.report({ filesRead, credentialsFound: candidates.length, filesTotal });
    }
    const gathered = await collector.finish(work);
    return {
      ...gathered,
      filesRead,
      credentialsFound,
      seen,
      isOfFiles,
      filesWithoutCredentials,
      locked,
      links,
      requests,
    };
  }

  /** Streams the contents, which together may exceed memory. */
  async *#contents(): AsyncGenerator<[ListedFile, Uint8Array | Finding], void> {
    const all = ahead(batches(this.listing.files), (batch) => readBatch(this.#ports, batch, this.#bulk));
    for await (const [batch, attempted] of all) {
      if ('error' in attempted) throw attempted.error;
      for (const [at, bytes] of attempted.value.entries()) {
        await this.#work.pause();
        const file = batch[at]!;
        yield [file, 'error' in bytes ? failureFinding(file, bytes.error) : bytes.value];
      }
    }
  }
}

async function readContent(
  ports: ReadingPorts,
  { file, bytes }: { file: ListedFile; bytes: Uint8Array },
  { passphrase, seen, budget }: { passphrase: string | undefined; seen: SeenFiles; budget: DerivationBudget },
) {
  const found = recognise(bytes);
  const isContainer = found.containers.length > 0;
  const isLocked = isContainer && (await openContainers(ports, found, { passphrase, budget }));
  found.findings = [...found.findings.map(citeConfig), ...keyReadable(file, found), ...moduleFacts(found)];
  for (const reference of found.references) {
    const named = await readReference(ports.files, file, reference, seen);
    append(found.findings, named.findings);
    append(found.keys, named.keys);
    append(found.certificates, named.certificates);
    append(found.tokens, named.tokens);
  }
  return { found, isLocked, isContainer };
}
