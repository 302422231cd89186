import type { Finding, Severity } from '../../shared/finding.ts';
import { ConsoleError, type ProblemCode } from '../../shared/problem.ts';
import { SAMPLE_MARKER } from '../../formats/sample-marker.ts';
import type { FileFacts, Files, FolderEntry } from '../../shared/ports.ts';
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
interface Place {
  path: string;
  kind?: FolderEntry['kind'];
  /** What has been found there already. */
  seen?: Promise<Attempt<Sight>>;
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
export async function listFiles(files: Files, paths: readonly string[], work: ImportWork): Promise<Listing> {
  const walk = new Walk(files, work);
  await walk.visit(paths.map((path) => ({ path: plainPath(files.absolute(path)) })));
  return { files: walk.found, findings: walk.findings };
}

class Walk {
  readonly found: ListedFile[] = [];
  readonly findings: Finding[] = [];
  readonly #files: Files;
  readonly #work: ImportWork;
  readonly #seen = new Set<string>();
  readonly #marksAround: MarksAround;
  #full = false;

  constructor(files: Files, work: ImportWork) {
    this.#files = files;
    this.#work = work;
    this.#marksAround = new MarksAround(files);
  }

  async visit(places: readonly Place[], parent?: Folder, depth = 0): Promise<void> {
    for await (const [{ path }, looked] of ahead(places, (place) => this.#sight(place))) {
      const pause = this.#work.pause();
      if (pause !== undefined) await pause;
      const key = pathKey(path);
      if (this.#full) return;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      const chosen = parent === undefined;
      const sight = this.#valueOf({ path, chosen }, looked);
      if (sight === undefined) continue;
      if ('places' in sight) {
        await this.#visitFolder({ path, listed: sight.places }, parent, depth);
        continue;
      }
      const { facts } = sight;
      if (facts.kind === 'file') {
        const mark = await this.#markAround(path, parent);
        const isSample = isMarked(mark, this.#files.nameOf(path));
        this.#addFile({ ...facts, chosen, ...(isSample && { sample: true }) });
      } else if (chosen) this.#find('file.not-a-file', 'error', path);
    }
  }

  async #sight(place: Place): Promise<Sight> {
    const seen = await (place.seen ?? attempt(() => this.#look(place)));
    if ('error' in seen) throw seen.error;
    return seen.value;
  }

  /** `around` is how many folders in a row have been seen that hold nothing but the next. */
  async #look({ path, kind }: Place, around = 0): Promise<Sight> {
    if (kind !== 'folder') {
      const facts = await this.#files.facts(path);
      if (facts.kind !== 'folder') return { facts };
    }
    const listed = await attempt(() => this.#files.entries(path));
    if ('error' in listed) return { places: listed };
    const places = listed.value.map((entry): Place & FolderEntry => ({
      ...entry,
      path: this.#files.join(path, entry.name),
    }));
    const [only, another] = places;
    // A path such as `var/lib/kubelet/pki` is not waited for once for each of its folders.
    if (only?.kind === 'folder' && another === undefined && around < MAX_DEPTH)
      only.seen = attempt(() => this.#look(only, around + 1));
    return { places: { value: places } };
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
    const around = await this.#markAround(path, parent);
    const own = names.includes(SAMPLE_MARKER) ? await markIn(this.#files, path) : undefined;
    const mark = own ?? (around && markWithin(around, name));
    const listing = names.join('\0');
    const folder: Folder = { path, name, listing, mark, ...(parent && { parent }) };
    if (await this.#isLoop(folder)) return this.#find('folder.loop', 'notice', path);
    await this.visit(places, folder, depth + 1);
  }

  /** The marker of the folder that a path lies in; around a chosen path it has to be looked for. */
  async #markAround(path: string, parent: Folder | undefined): Promise<SampleMark | undefined> {
    return parent === undefined ? this.#marksAround.of(this.#files.folderOf(path)) : parent.mark;
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
