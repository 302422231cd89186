import type { z } from 'zod';
import type { Acknowledgement } from '../model/acknowledgement.ts';
import type { Channel } from '../model/channel.ts';
import type { Silence } from '../model/silence.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import { Queue, StoredDocument } from '../../store/document.ts';
import { DurableJsonFile, unlessAbsent, type FileContext, type FileFormat } from '../../store/durable-json-file.ts';
import { MIGRATIONS, SCHEMA_VERSION, type FileKind } from '../../store/migrations.ts';
import { channelEntry } from '../schemas.ts';
import { markEntry, watchFile, type WatchFile } from './schemas.ts';
import { groupAlarms } from './alarm-groups.ts';

export const EMPTY_WATCH: WatchFile = {
  told: {},
  failing: [],
  sourcesDown: [],
  sources: 0,
  notices: [],
  waiting: [],
  sent: [],
  statuses: {},
};

interface NotificationDamage {
  kind: 'restored' | 'doubted' | 'lost' | 'entry-unreadable';
  path: string;
  setAside?: string;
  entry?: string;
}

export type NotificationStore = Awaited<ReturnType<typeof openNotificationStore>>;

type NotificationPorts = Pick<Ports, 'files' | 'clock' | 'crypto'>;

/** A list that keeps bad entries unchanged, so that they do not hide the others. */
interface CheckedList<T> {
  good: readonly T[];
  bad: readonly unknown[];
}

/**
 * Opens the files in the data folder at the absolute path `folder`. The caller holds the folder's lock, unless it only
 * reads. With `toldLater`, earlier reports, which are large for a large fleet, are read only by `recall`, or
 * immediately if a newer program may have written them. Once a promise resolves, the change is on disk. Throws
 * `store.newer`, `file.not-readable` or `store.not-writable`.
 */
export async function openNotificationStore(
  ports: NotificationPorts,
  folder: string,
  { readOnly = false, toldLater = false }: { readOnly?: boolean; toldLater?: boolean } = {},
) {
  const { files, crypto } = ports;
  const sha256Hex = (bytes: Uint8Array) => crypto.sha256Hex(bytes);
  const sha256OfPieces = crypto.sha256OfPieces.bind(crypto);
  const context: FileContext = { ports, migrations: MIGRATIONS, readOnly, sha256Hex, sha256OfPieces };
  const createDocument = <T>(name: string, format: FileFormat<T>, empty: T): StoredDocument<T> =>
    new StoredDocument(new DurableJsonFile(context, files.join(folder, name), format), empty);
  const none = { good: [], bad: [] };
  const channels = createDocument('channels.json', listFormat('channels', channelEntry), none);
  const marks = createDocument('marks.json', listFormat('marks', markEntry), none);
  await channels.load();
  await marks.load();
  const watch = createDocument('watch.json', WATCH_FORMAT, EMPTY_WATCH);
  let isRecalled = false;
  const recalling = new Queue();
  const recall = (): Promise<void> =>
    recalling.run(async () => {
      if (!isRecalled) await watch.load();
      isRecalled = true;
    });
  const requireWatch = (): StoredDocument<WatchFile> => {
    if (!isRecalled) throw new Error('what has been told has not been read');
    return watch;
  };
  if (!toldLater || !(await isOfThisVersion(files, watch.file.path))) await recall();
  const queue = new Queue();
  let isClosed = false;
  // A delivery that is still waiting for a server when the console ends must not write after the lock is released.
  const write = <T>(document: StoredDocument<T>, value: () => T): Promise<void> =>
    queue.run(() => {
      if (isClosed) throw new ConsoleError('store.not-writable', { path: document.file.path });
      return document.replace(value());
    });

  const silences = (): Silence[] => marks.value.good.filter((mark) => 'credentialId' in mark);
  const acknowledgements = (): Acknowledgement[] => marks.value.good.filter((mark) => 'causes' in mark);
  const saveMarks = (next: () => (Silence | Acknowledgement)[]): Promise<void> =>
    write(marks, () => ({ good: next(), bad: marks.value.bad }));

  return {
    isNew: channels.file.outcome === 'absent',
    channels: (): readonly Channel[] => channels.value.good,
    saveChannels: (good: readonly Channel[]) => write(channels, () => ({ good, bad: channels.value.bad })),
    silences,
    acknowledgements,
    saveSilences: (next: readonly Silence[]) => saveMarks(() => [...next, ...acknowledgements()]),
    saveAcknowledgements: (next: readonly Acknowledgement[]) => saveMarks(() => [...silences(), ...next]),
    /** Reads the earlier reports once. With `toldLater`, must be called before `watch`, `saveWatch` and `damages`. */
    recall,
    watch: (): WatchFile => requireWatch().value,
    /** Replaces the whole file, so that reports and queue never disagree. */
    saveWatch: (value: WatchFile) => write(requireWatch(), () => value),
    damages: (): readonly NotificationDamage[] => [
      ...listDamages(channels, channels.value.bad),
      ...listDamages(marks, marks.value.bad),
      ...listDamages(watch, []),
    ],
    close: async (): Promise<void> => {
      isClosed = true;
      await queue.idle();
    },
  };

  function listDamages<T>({ file }: StoredDocument<T>, bad: readonly unknown[]): NotificationDamage[] {
    const { path, outcome, setAsideAs } = file;
    const setAside = setAsideAs === undefined ? {} : { setAside: files.fileName(setAsideAs) };
    return [
      ...(outcome === 'restored' || outcome === 'doubted' || outcome === 'lost'
        ? [{ kind: outcome, path, ...setAside }]
        : []),
      ...bad.map((_, at) => ({ kind: 'entry-unreadable' as const, path, entry: String(at + 1) })),
    ];
  }
}

/** Returns whether a file begins with the schema version that this program writes. */
async function isOfThisVersion(files: NotificationPorts['files'], path: string): Promise<boolean> {
  const begin = `{"schema":${SCHEMA_VERSION},`;
  const bytes = await unlessAbsent(files.readPart(path, { from: 0, to: begin.length }));
  return new TextDecoder().decode(bytes) === begin;
}

function listFormat<T>(kind: FileKind & ('channels' | 'marks'), entry: z.ZodType<T>): FileFormat<CheckedList<T>> {
  const read = (raw: unknown): T | undefined => entry.safeParse(raw).data;
  return {
    kind,
    decode(content) {
      const entries: unknown = content[kind];
      if (!Array.isArray(entries)) return undefined;
      const readable = entries.map((raw: unknown) => ({ raw, value: read(raw) }));
      return {
        good: readable.flatMap(({ value }) => value ?? []),
        bad: readable.filter(({ value }) => value === undefined).map(({ raw }) => raw),
      };
    },
    // The schemas drop other data in an object, such as a password, before it reaches the disk.
    encode: ({ good, bad }) => ({
      schema: SCHEMA_VERSION,
      [kind]: [...good.flatMap((value) => read(value) ?? []), ...bad],
    }),
  };
}

const WATCH_FORMAT: FileFormat<WatchFile> = {
  kind: 'watch',
  decode: (content) => watchFile.safeParse(content).data,
  encode: (watch) => ({ schema: SCHEMA_VERSION, ...watch, told: groupAlarms(watch.told) }),
  isWrittenInParts: true,
};
