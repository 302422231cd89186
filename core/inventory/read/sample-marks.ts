import { unlessProblem } from '../../shared/problem.ts';
import { readSampleMarker, SAMPLE_MARKER } from '../../formats/sample-marker.ts';
import type { Files } from '../../shared/ports.ts';

/** A marker has a line of about a hundred bytes for each of a few thousand files at most. */
const MAX_MARKER_BYTES = 4 * 1024 * 1024;

export interface SampleMark {
  /** In lower case, since Windows file names are case-insensitive. */
  files: ReadonlySet<string>;
  /** The path from the marker's folder to this one: `''`, or folder names that each end with `/`. */
  way: string;
  /** The marker’s folder, if it is that of a lab, whose machines change their files. */
  lab?: string;
}

/** Returns `undefined` if there is no readable marker. */
export async function markIn(files: Files, folder: string): Promise<SampleMark | undefined> {
  const bytes = await unlessProblem(files.read(files.join(folder, SAMPLE_MARKER), MAX_MARKER_BYTES));
  const marker = bytes && readSampleMarker(new TextDecoder('utf-8').decode(bytes));
  return (
    marker && {
      files: new Set(marker.files.map((name) => name.toLowerCase())),
      way: '',
      ...(marker.isLive === true && { lab: folder }),
    }
  );
}

export function markWithin(mark: SampleMark, name: string): SampleMark {
  return { ...mark, way: `${mark.way}${name}/` };
}

export function isMarked({ files, way }: SampleMark, name: string): boolean {
  return files.has(`${way}${name}`.toLowerCase());
}

/** Finds markers around chosen folders, at any distance. Each folder is checked once. */
export class MarksAround {
  readonly #files: Files;
  readonly #known = new Map<string, Promise<SampleMark | undefined>>();

  constructor(files: Files) {
    this.#files = files;
  }

  findAround(folder: string): Promise<SampleMark | undefined> {
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const found = this.#find(folder);
    this.#known.set(folder, found);
    return found;
  }

  async #find(folder: string): Promise<SampleMark | undefined> {
    const own = await markIn(this.#files, folder);
    const around = this.#files.parentFolder(folder);
    if (own !== undefined || around === folder) return own;
    const mark = await this.findAround(around);
    return mark && markWithin(mark, this.#files.fileName(folder));
  }
}
