import { ConsoleError } from '../../shared/problem.ts';
import type { Files } from '../../shared/ports.ts';
import { unlessAbsent } from '../../store/durable-json-file.ts';
import { parseJson } from '../../formats/text/json-object.ts';
import { LAB_FILES, type Lab } from '../model/lab.ts';
import { LAB_VERSION, readLabFile } from '../schemas.ts';

const MAX_BYTES = 4 * 1024 * 1024;
const FOR_EVERYBODY = 0o644;
const PRACTICE = 'Practice key of an Arcwarden lab: it opens nothing but this lab.';

/** The files of one lab. Paths are relative to its folder, with `/` as the separator. */
export class LabFolder {
  readonly folder: string;
  readonly #files: Files;

  constructor(files: Files, folder: string) {
    this.#files = files;
    this.folder = folder;
  }

  path(relative: string): string {
    return this.#files.join(this.folder, ...relative.split('/'));
  }

  async read(relative: string): Promise<string> {
    return new TextDecoder().decode(await this.#files.read(this.path(relative), MAX_BYTES));
  }

  async readIfPresent(relative: string): Promise<string | undefined> {
    return unlessAbsent(this.read(relative));
  }

  /** Replaces a file as a whole. A file that has no secret may be read by everyone. */
  async write(relative: string, content: string, { isPublic = false } = {}): Promise<void> {
    const path = this.path(relative);
    await this.#files.createFolder(this.#files.parentFolder(path));
    await this.#files.replace(path, content, isPublic ? { mode: FOR_EVERYBODY } : {});
  }

  async remove(relative: string): Promise<void> {
    await unlessAbsent(this.#files.remove(this.path(relative)));
  }

  /** Returns strings that differ once a file has changed; `undefined` for a file that is absent. */
  versions(relative: readonly string[]): Promise<(string | undefined)[]> {
    return this.#files.versions(relative.map((each) => this.path(each)));
  }

  /** Throws `lab.absent` for a folder without a lab, and `lab.damaged` for a description that cannot be read. */
  async describe(): Promise<Lab> {
    const path = this.path(LAB_FILES.description);
    const text = await this.readIfPresent(LAB_FILES.description);
    if (text === undefined) throw new ConsoleError('lab.absent', { path: this.folder });
    const lab = readLabFile(parseJson(text));
    if (lab === undefined) throw new ConsoleError('lab.damaged', { path });
    return lab;
  }
}

export function writeLabFile(lab: Lab): string {
  return `${JSON.stringify({ kind: 'arcwarden-lab', version: LAB_VERSION, ...lab }, undefined, 2)}\n`;
}

/** Adds a line before a private key that says that it is for practice. PEM allows text there (RFC 7468 section 2). */
export function markKey(pem: string): string {
  return pem.startsWith('-----BEGIN') && pem.includes('PRIVATE KEY') ? `${PRACTICE}\n${pem}` : pem;
}
