import type { Finding, Severity } from '../../shared/finding.ts';
import { ConsoleError, type ProblemCode } from '../../shared/problem.ts';
import { SAMPLE_MARKER } from '../../formats/sample-marker.ts';
import type { BulkReading, FileFacts, Files, FolderEntry } from '../../shared/ports.ts';
import type { ImportWork } from '../import-work.ts';
import { ahead, attempt, type Attempt } from './ahead.ts';
import { pathKey, plainPath } from '../model/windows-path.ts';
import { isMarked, markIn, MarksAround, markWithin, type SampleMark } from './sample-marks.ts';

/** Nothing that holds credentials is nearly this large; what is, is a disk image or an archive. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** Deeper than any profile or backup of one. */
const MAX_DEPTH = 48;
/** Somebody dropped a whole disk: there has to be a limit. */
const MAX_FILES = 200_000;
/** So many in one folder are worth waiting for. */
const MANY = 1_024;
/** A loop of links can be followed forever; a real folder cannot repeat itself this often. */
const LOOP_PROOF = 8;

/** Files under the paths that an admin chose, in the order of the paths and of the names in their folders. */
export interface Listing {
  files: ListedFile[];
  findings: Finding[];
}

export interface ListedFile extends FileFacts {
  /** Chosen by the admin rather than found in a folder. */
  chosen: boolean;
  /** Part of a sample fleet, according to a marker in a folder around it. */
  sample?: true;
}

/** A path to look at. */
interface Place extends Omit<FolderEntry, 'name'> {
  path: string;
  /** What has been found there already. */
  seen?: Promise<Attempt<Sight>>;
}

/** All that is to be known of a place, from a look at the folder around it. */
type Told = { entries: FolderEntry[] } | { facts: FileFacts };

function toldOf({ facts, entries }: Place): Told | undefined {
  if (entries !== undefined) return { entries };
  return facts === undefined || facts.kind === 'folder' ? undefined : { facts };
}

/** Folders around what is visited. */
interface Around {
  parent: Folder | undefined;
  depth: number;
}

/** What is at a path, and if that is a folder the places in it. */
type Sight = { facts: FileFacts } | { places: Attempt<(Place & FolderEntry)[]> };

/** A folder being listed, with the folders around it down from the chosen path. */
interface Folder {
  path: string;
  name: string;
  listing: string;
  parent?: Folder;
  mark: SampleMark | undefined;
}

/**
 * Lists files, and folders recursively. What cannot be read is a finding and never stops the rest; loops of links are
 * followed once.
 */
export async function listFiles(
  files: Files,
  paths: readonly string[],
  work: ImportWork,
  bulk?: BulkReading,
): Promise<Listing> {
  const walk = new Walk(files, work, bulk);
  await walk.visit(paths.map((path) => ({ path: plainPath(files.absolute(path)) })));
  return { files: walk.found, findings: walk.findings };
}

class Walk {
  readonly found: ListedFile[] = [];
  readonly findings: Finding[] = [];
  readonly #files: Files;
  readonly #work: ImportWork;
  readonly #bulk: BulkReading | undefined;
  readonly #seen = new Set<string>();
  readonly #marksAround: MarksAround;
  #full = false;

  constructor(files: Files, work: ImportWork, bulk: BulkReading | undefined) {
    this.#files = files;
    this.#work = work;
    this.#bulk = bulk;
    this.#marksAround = new MarksAround(files);
  }

  async visit(places: readonly Place[], parent?: Folder, depth = 0): Promise<void> {
    const around = { parent, depth };
    const told = places.flatMap((place) => toldOf(place) ?? []);
    // Promises for a hundred thousand files take longer than all else about them.
    if (told.length === places.length) {
      for (const [at, one] of told.entries()) {
        const { path } = places[at]!;
        const pause = this.#work.pause();
        if (pause !== undefined) await pause;
        const waiting = this.#take(path, { value: this.#sightOf(path, one) }, around);
        if (waiting !== undefined) await waiting;
        if (this.#full) return;
      }
      return;
    }
    for await (const [{ path }, looked] of ahead(places, (place) => this.#sight(place))) {
      const pause = this.#work.pause();
      if (pause !== undefined) await pause;
      await this.#take(path, looked, around);
      if (this.#full) return;
    }
  }

  /** A promise only where there is something to wait for. */
  #take(path: string, looked: Attempt<Sight>, { parent, depth }: Around): Promise<void> | undefined {
    const key = pathKey(path);
    if (this.#seen.has(key)) return undefined;
    this.#seen.add(key);
    const chosen = parent === undefined;
    const sight = this.#valueOf({ path, chosen }, looked);
    if (sight === undefined) return undefined;
    if ('places' in sight) return this.#visitFolder({ path, listed: sight.places }, parent, depth);
    const { facts } = sight;
    if (facts.kind !== 'file') {
      if (chosen) this.#find('file.not-a-file', 'error', path);
      return undefined;
    }
    const add = (mark: SampleMark | undefined): void => {
      const isSample = isMarked(mark, this.#files.nameOf(path));
      this.#addFile({ ...facts, chosen, ...(isSample && { sample: true }) });
    };
    if (parent === undefined) return this.#marksAround.of(this.#files.folderOf(path)).then(add);
    add(parent.mark);
    return undefined;
  }

  async #sight(place: Place): Promise<Sight> {
    const seen = await (place.seen ?? attempt(() => this.#look(place)));
    if ('error' in seen) throw seen.error;
    return seen.value;
  }

  /** `around` is how many folders in a row have been seen that hold nothing but the next. */
  async #look(place: Place, around = 0): Promise<Sight> {
    const told = toldOf(place);
    const { path, kind } = place;
    if (told !== undefined) return this.#sightOf(path, told, around);
    if (kind !== 'folder') {
      const facts = place.facts ?? (await this.#files.facts(path));
      if (facts.kind !== 'folder') return { facts };
    }
    const listed = await attempt(() => this.#list(path));
    return 'error' in listed ? { places: listed } : this.#placesIn(path, listed.value, around);
  }

  #sightOf(path: string, told: Told, around = 0): Sight {
    return 'entries' in told ? this.#placesIn(path, told.entries, around) : told;
  }

  #placesIn(path: string, entries: readonly FolderEntry[], around: number): Sight {
    const places = entries.map((entry): Place & FolderEntry => ({
      ...entry,
      path: this.#files.join(path, entry.name),
    }));
    const [only, another] = places;
    // A path such as `var/lib/kubelet/pki` is not waited for once for each of its folders.
    if (only?.kind === 'folder' && only.entries === undefined && another === undefined && around < MAX_DEPTH)
      only.seen = attempt(() => this.#look(only, around + 1));
    return { places: { value: places } };
  }

  async #list(path: string): Promise<FolderEntry[]> {
    const told = await this.#bulk?.entries(path);
    if (told !== undefined) return told;
    const entries = await this.#files.entries(path);
    // Looking at thousands one by one takes longer than listing them once more.
    return entries.length < MANY ? entries : ((await this.#bulk?.entries(path, entries.length)) ?? entries);
  }

  async #visitFolder(
    { path, listed }: { path: string; listed: Attempt<(Place & FolderEntry)[]> },
    parent: Folder | undefined,
    depth: number,
  ): Promise<void> {
    if (depth > MAX_DEPTH) return this.#find('folder.too-deep', 'warning', path, { limit: MAX_DEPTH });
    const places = this.#valueOf({ path, chosen: parent === undefined }, listed);
    if (places === undefined) return;
    const names = places.map((place) => place.name);
    const name = this.#files.nameOf(path);
    const around = parent === undefined ? await this.#marksAround.of(this.#files.folderOf(path)) : parent.mark;
    const own = names.includes(SAMPLE_MARKER) ? await markIn(this.#files, path) : undefined;
    const mark = own ?? (around && markWithin(around, name));
    const listing = names.join('\0');
    const folder: Folder = { path, name, listing, mark, ...(parent && { parent }) };
    if (await this.#isLoop(folder)) return this.#find('folder.loop', 'notice', path);
    await this.visit(places, folder, depth + 1);
  }

  #addFile(file: ListedFile): void {
    if (file.size > MAX_FILE_BYTES) {
      const severity = file.chosen ? 'error' : 'notice';
      this.#find('file.too-large', severity, file.path, { limitMiB: MAX_FILE_BYTES / 1024 ** 2 });
      return;
    }
    if (this.found.length >= MAX_FILES) {
      this.#full = true;
      this.#find('folder.too-many-files', 'warning', file.path, { limit: MAX_FILES });
      return;
    }
    this.found.push(file);
    this.#work.reportReading({ filesRead: 0, credentialsFound: 0 });
  }

  /**
   * A folder with the same names as one around it may be that folder again, behind a link. It is if the way from there
   * to here can be repeated many times.
   */
  async #isLoop(folder: Folder): Promise<boolean> {
    const way = [folder.name];
    for (let around = folder.parent; around !== undefined; around = around.parent) {
      if (folder.listing !== '' && around.listing === folder.listing) {
        const repeated = Array.from({ length: LOOP_PROOF }, () => way).flat();
        const far = this.#files.join(around.path, ...repeated);
        if (await this.#isFolder(far)) return true;
      }
      way.unshift(around.name);
    }
    return false;
  }

  async #isFolder(path: string): Promise<boolean> {
    try {
      return (await this.#files.facts(path)).kind === 'folder';
    } catch (error) {
      if (error instanceof ConsoleError) return false;
      throw error;
    }
  }

  #valueOf<T>(place: { path: string; chosen: boolean }, attempted: Attempt<T>): T | undefined {
    if ('value' in attempted) return attempted.value;
    this.findings.push(readingFinding(place, attempted.error));
    return undefined;
  }

  #find(rule: string, severity: Severity, path: string, params?: Finding['params']): void {
    this.findings.push({ rule, severity, place: { path }, ...(params && { params }) });
  }
}

const RULE_OF: Partial<Record<ProblemCode, string>> = {
  'file.not-found': 'file.not-found',
  'file.too-large': 'file.too-large',
};

/**
 * A failure to read a path as a finding; anything but an expected failure is a bug and is thrown on. What does not exist
 * is a mistake where somebody named it. In a folder it is a link that leads nowhere, or was removed meanwhile.
 */
export function readingFinding({ path, chosen }: { path: string; chosen: boolean }, error: unknown): Finding {
  if (!(error instanceof ConsoleError)) throw error;
  const rule = RULE_OF[error.code] ?? 'file.not-readable';
  const params = rule === 'file.too-large' ? { limitMiB: MAX_FILE_BYTES / 1024 ** 2 } : undefined;
  const severity = rule === 'file.not-found' && !chosen ? 'warning' : 'error';
  return { rule, severity, place: { path }, ...(params && { params }) };
}
