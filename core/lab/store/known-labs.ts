import { z } from 'zod';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import { Queue, StoredDocument } from '../../store/document.ts';
import { DurableJsonFile, type FileFormat } from '../../store/durable-json-file.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../store/migrations.ts';

const labs = z.array(z.strictObject({ id: z.string(), folder: z.string() }));
type Place = z.infer<typeof labs>[number];

const FORMAT: FileFormat<readonly Place[]> = {
  kind: 'labs',
  decode: (content) => labs.safeParse(content['labs']).data,
  encode: (data) => ({ schema: SCHEMA_VERSION, labs: data }),
};

/** The folders of labs that were made or opened here. */
export class KnownLabs {
  readonly #ids: Ports['ids'];
  readonly #document: StoredDocument<readonly Place[]>;
  readonly #turns = new Queue();
  #loading: Promise<void> | undefined;

  constructor(ports: Pick<Ports, 'files' | 'clock' | 'ids'>, dataFolder: string) {
    this.#ids = ports.ids;
    const path = ports.files.join(dataFolder, 'labs.json');
    const file = new DurableJsonFile({ ports, migrations: MIGRATIONS, readOnly: false }, path, FORMAT);
    this.#document = new StoredDocument(file, []);
  }

  async list(): Promise<readonly Place[]> {
    this.#loading ??= this.#document.load();
    await this.#loading;
    return this.#document.value;
  }

  /** Throws `lab.absent`. */
  async find(id: string): Promise<string> {
    const found = (await this.list()).find((each) => each.id === id);
    if (found === undefined) throw new ConsoleError('lab.absent', { path: '' });
    return found.folder;
  }

  /** Puts a folder first. */
  add(folder: string): Promise<Place> {
    return this.#turns.run(async () => {
      const known = await this.list();
      const place = known.find((each) => each.folder === folder) ?? { id: this.#ids.next(), folder };
      await this.#document.replace([place, ...known.filter((each) => each.folder !== folder)]);
      return place;
    });
  }

  forget(id: string): Promise<void> {
    return this.#turns.run(async () => {
      await this.#document.replace((await this.list()).filter((each) => each.id !== id));
    });
  }
}
