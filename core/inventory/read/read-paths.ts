import type { Finding, Severity } from '../../shared/finding.ts';
import { ConsoleError, unlessProblem } from '../../shared/problem.ts';
import { SAMPLE_MARKER } from '../../formats/sample-marker.ts';
import type { BulkReading, FileFacts, Files, FolderEntry } from '../../shared/ports.ts';
import type { LongWork } from '../long-work.ts';
import { ahead, attempt, type Attempt } from './ahead.ts';
import { pathKey, plainPath } from '../model/windows-path.ts';
import { isMarked, markIn, MarksAround, markWithin, type SampleMark } from './sample-marks.ts';

/** Files with credentials are far smaller; larger ones are disk images or archives. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** Profiles and their backups are never this deep. */
const MAX_DEPTH = 48;
/** A limit is needed because somebody may drop a whole disk. */
const MAX_FILES = 200_000;
/** In a folder with this many entries, bulk reading is worth waiting for. */
const MANY = 1_024;
/** A loop of links never ends; real folders do not repeat a name this often. */
const LOOP_PROOF = 8;

/** In the order of the chosen paths, and then by name. */
export interface Listing {
  files: ListedFile[];
  findings: Finding[];
  folders: ReadonlySet<string>;
}

export interface ListedFile extends FileFacts {
  /** Whether the admin chose the file itself. */
  chosen: boolean;
  sample?: true;
}

interface Place {
  path: string;
  kind?: FolderEntry['kind'];
  facts?: FolderEntry['facts'];
  entries?: FolderEntry['entries'];
  seen?: Promise<Attempt<PlaceContent>>;
}

interface NamedPlace extends Place {
  name: string;
}

function isKnown({ facts, entries }: Place): boolean {
  return entries !== undefined || (facts !== undefined && facts.kind !== 'folder');
}

type PlaceContent = { facts: FileFacts } | { places: Attempt<NamedPlace[]> };

interface Folder {
  path: string;
  listing: string;
  parent: Folder | undefined;
  mark: SampleMark | undefined;
}

type Look = readonly [Place, Attempt<PlaceContent>];

interface Listed {
  work: LongWork;
  bulk?: BulkReading;
  /** If absent, a chosen path that cannot be read becomes a finding. */
  unseen?: (path: string) => void;
}

/** Lists files. Unreadable paths become findings, and loops of links are followed once. */
export async function listFiles(files: Files, paths: readonly string[], options: Listed): Promise<Listing> {
  const walk = new FolderWalk(files, options);
  await walk.visit(placesAt(files, paths), undefined, 0);
  return { files: walk.found, findings: walk.findings, folders: walk.folders };
}

/** Yields places lazily, since there may be a million. */
function* placesAt(files: Files, paths: readonly string[]): Generator<Place, void> {
  for (const path of paths) {
    const plain = plainPath(files.absolute(path));
    // Reuses the caller's string instead of keeping a second copy.
    yield { path: plain === path ? path : plain };
  }
}

class FolderWalk {
  readonly found: ListedFile[] = [];
  readonly findings: Finding[] = [];
  readonly folders = new Set<string>();
  readonly #files: Files;
  readonly #options: Listed;
  readonly #seen = new Set<string>();
  readonly #marksAround: MarksAround;
  readonly #separator: string;
  #full = false;

  constructor(files: Files, options: Listed) {
    this.#files = files;
    this.#options = options;
    this.#marksAround = new MarksAround(files);
    this.#separator = files.join('a', 'b').slice(1, -1);
  }

  /** `parent` is absent for chosen paths. */
  async visit(places: Iterable<Place>, parent: Folder | undefined, depth: number): Promise<void> {
    const { work } = this.#options;
    const listed = Array.isArray(places) ? (places as readonly Place[]) : undefined;
    const known = listed?.every(isKnown) === true ? listed : undefined;
    // If listing the parent folder returned all facts, waiting for each place would take longer than the rest.
    for (const place of known ?? []) {
      if (work.isTurnOver()) await work.pause();
      const entered = this.#take([place, { value: this.#readKnown(place) }], parent, depth, parent?.mark);
      if (entered !== undefined) await entered;
      if (this.#full) return;
    }
    if (known !== undefined) return;
    for await (const look of ahead(places, (place) => this.#readContent(place))) {
      await work.pause();
      const [{ path }] = look;
      const around =
        parent === undefined ? await this.#marksAround.findAround(this.#files.parentFolder(path)) : parent.mark;
      await this.#take(look, parent, depth, around);
      if (this.#full) return;
    }
  }

  async #readContent(place: Place): Promise<PlaceContent> {
    const seen = await (place.seen ?? attempt(() => this.#look(place)));
    if ('error' in seen) throw seen.error;
    return seen.value;
  }

  /** Returns a promise only if there is something to wait for. */
  #take(
    [{ path }, looked]: Look,
    parent: Folder | undefined,
    depth: number,
    around: SampleMark | undefined,
  ): Promise<void> | undefined {
    const { unseen } = this.#options;
    const isFailure = 'error' in looked && looked.error instanceof ConsoleError;
    if (parent === undefined && unseen !== undefined && isFailure) return void unseen(path);
    const key = pathKey(path);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const chosen = parent === undefined;
    const content = this.#takeValue({ path, chosen }, looked);
    if (content === undefined) return;
    if ('places' in content) return this.#enter({ path, listed: content.places, around }, parent, depth);
    const { facts } = content;
    if (facts.kind === 'file') this.#addFile(facts, chosen, around);
    else if (chosen) this.#find('file.not-a-file', 'error', path);
  }

  /** `around`: number of enclosing folders that contain only the next folder. */
  async #look(place: Place, around = 0): Promise<PlaceContent> {
    if (isKnown(place)) return this.#readKnown(place, around);
    const { path, kind } = place;
    if (kind !== 'folder') {
      const facts = place.facts ?? (await this.#files.facts(path));
      if (facts.kind !== 'folder') return { facts };
    }
    const listed = await attempt(() => this.#list(path));
    return 'error' in listed ? { places: listed } : this.#placesIn(path, listed.value, around);
  }

  #readKnown({ path, facts, entries = [] }: Place, around = 0): PlaceContent {
    return facts === undefined || facts.kind === 'folder' ? this.#placesIn(path, entries, around) : { facts };
  }

  #placesIn(folder: string, entries: readonly FolderEntry[], around: number): PlaceContent {
    // The system returns plain names, which can be joined without normalising.
    const start = folder.endsWith(this.#separator) ? folder : `${folder}${this.#separator}`;
    const places = entries.map(({ name, kind, facts, entries: inside }): NamedPlace => ({
      path: facts?.path ?? `${start}${name}`,
      name,
      kind,
      facts,
      entries: inside,
    }));
    const [only, another] = places;
    // Looks ahead, so that the walk need not wait at each folder of a path such as `var/lib/kubelet/pki`.
    if (only?.kind === 'folder' && only.entries === undefined && another === undefined && around < MAX_DEPTH)
      only.seen = attempt(() => this.#look(only, around + 1));
    return { places: { value: places } };
  }

  async #list(path: string): Promise<FolderEntry[]> {
    const told = await this.#options.bulk?.entries(path);
    if (told !== undefined) return told;
    const entries = await this.#files.entries(path);
    // Listing thousands of entries again in bulk is faster than checking them one by one.
    return entries.length < MANY ? entries : ((await this.#options.bulk?.entries(path, entries.length)) ?? entries);
  }

  async #enter(
    { path, listed, around }: { path: string; listed: Attempt<NamedPlace[]>; around: SampleMark | undefined },
    parent: Folder | undefined,
    depth: number,
  ): Promise<void> {
    if (depth > MAX_DEPTH) {
      this.#find('folder.too-deep', 'warning', path, { limit: MAX_DEPTH });
      return;
    }
    const places = this.#takeValue({ path, chosen: parent === undefined }, listed);
    if (places === undefined) return;
    this.folders.add(path);
    const names = places.map((place) => place.name);
    const mark = await this.#findMark(path, names, around);
    const folder: Folder = { path, listing: names.join('\0'), parent, mark };
    if (await this.#isLoop(folder)) {
      this.#find('folder.loop', 'notice', path);
      return;
    }
    await this.visit(places, folder, depth + 1);
  }

  /** Looks for a marker in this folder, which contains `names`; `around` is the marker of an enclosing folder. */
  async #findMark(
    path: string,
    names: readonly string[],
    around: SampleMark | undefined,
  ): Promise<SampleMark | undefined> {
    const own = names.includes(SAMPLE_MARKER) ? await markIn(this.#files, path) : undefined;
    return own ?? (around && markWithin(around, this.#files.fileName(path)));
  }

  #addFile(facts: FileFacts, chosen: boolean, mark: SampleMark | undefined): void {
    const { path, size } = facts;
    if (size > MAX_FILE_BYTES) {
      const severity = chosen ? 'error' : 'notice';
      this.#find('file.too-large', severity, path, { limitMiB: MAX_FILE_BYTES / 1024 ** 2 });
      return;
    }
    if (this.found.length >= MAX_FILES) {
      this.#full = true;
      this.#find('folder.too-many-files', 'warning', path, { limit: MAX_FILES });
      return;
    }
    const sample = (mark && isMarked(mark, this.#files.fileName(path))) || undefined;
    this.found.push({ ...facts, chosen, sample });
    this.#options.work.report({ filesRead: 0, credentialsFound: 0 });
  }

  /** Detects a folder with the same names as an enclosing folder, if the path between them can be repeated often. */
  async #isLoop({ path, listing, parent }: Folder): Promise<boolean> {
    for (let around = listing === '' ? undefined : parent; around !== undefined; around = around.parent) {
      if (around.listing !== listing) continue;
      const way = path.slice(around.path.length);
      const far = this.#files.join(around.path, ...Array<string>(LOOP_PROOF).fill(way));
      if ((await unlessProblem(this.#files.facts(far)))?.kind === 'folder') return true;
    }
    return false;
  }

  #takeValue<T>(place: { path: string; chosen: boolean }, attempted: Attempt<T>): T | undefined {
    if ('value' in attempted) return attempted.value;
    this.findings.push(failureFinding(place, attempted.error));
    return undefined;
  }

  #find(rule: string, severity: Severity, path: string, params?: Finding['params']): void {
    this.findings.push({ rule, severity, place: { path }, params });
  }
}

/** Rethrows bugs. A missing path is an error only if it was chosen: in a folder, it is a broken link or was removed. */
export function failureFinding({ path, chosen }: { path: string; chosen: boolean }, error: unknown): Finding {
  if (!(error instanceof ConsoleError)) throw error;
  const place = { path };
  if (error.code === 'file.too-large')
    return { rule: 'file.too-large', severity: 'error', place, params: { limitMiB: MAX_FILE_BYTES / 1024 ** 2 } };
  if (error.code !== 'file.not-found') return { rule: 'file.not-readable', severity: 'error', place };
  // Node replaces non-UTF-8 bytes with this character, and such a path no longer identifies its file.
  if (path.includes('\uFFFD')) return { rule: 'file.name-not-utf8', severity: 'error', place };
  return { rule: 'file.not-found', severity: chosen ? 'error' : 'warning', place };
}
