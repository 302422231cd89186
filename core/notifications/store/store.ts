import type { Channel } from '../model/channel.ts';
import type { Silence } from '../model/silence.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import { Queue, StoredDocument } from '../../store/document.ts';
import { DurableJsonFile, unlessAbsent, type FileContext, type FileFormat } from '../../store/durable-json-file.ts';
import { MIGRATIONS, SCHEMA_VERSION, type FileKind } from '../../store/migrations.ts';
import { channelEntry } from '../schemas.ts';
import { channelsFile, silenceEntry, marksFile, watchFile, type WatchFile } from './schemas.ts';
import { groupAlarms } from './alarm-groups.ts';

export const EMPTY_WATCH: WatchFile = {
  told: {},
  failing: [],
  sourcesDown: [],
  sources: 0,
  notices: [],
  waiting: [],
  statuses: {},
};

/** A problem with one of the files when they were read. */
export interface NotificationDamage {
  kind: 'restored' | 'doubted' | 'lost' | 'entry-unreadable';
  path: string;
  /** Name under which the damaged file was set aside. */
  setAside?: string;
  /** The entry that is kept but cannot be read. */
  entry?: string;
}

/**
 * Channels, marks, and what has been reported. A promise that resolves means that the change is on disk; otherwise
 * `store.not-writable`.
 */
export interface NotificationStore {
  /** Whether no channel has ever been saved here. */
  readonly isNew: boolean;
  channels(): readonly Channel[];
  saveChannels(channels: readonly Channel[]): Promise<void>;
  silences(): readonly Silence[];
  saveSilences(silences: readonly Silence[]): Promise<void>;
  /** Reads what has been told, unless it has been read: before `watch`, `saveWatch` and `damages` where that is left for later. */
  recall(): Promise<void>;
  watch(): WatchFile;
  /** Replaces all of it at once: what was reported and what is queued can never disagree. */
  saveWatch(watch: WatchFile): Promise<void>;
  damages(): readonly NotificationDamage[];
  close(): Promise<void>;
}

export type NotificationPorts = Pick<Ports, 'files' | 'clock' | 'crypto'>;

/** A list whose bad entries are kept as they are and do not hide the others. */
interface CheckedList<T> {
  good: readonly T[];
  bad: readonly unknown[];
}

/**
 * Opens the files in the data folder at the absolute path `folder`; the caller holds its lock unless it only reads. With
 * `toldLater` what has been told, which is large for a large fleet, is read by `recall`; not so where a newer program may have
 * written it. `store.newer`, `file.not-readable`, `store.not-writable`.
 */
export async function openNotificationStore(
  ports: NotificationPorts,
  folder: string,
  { readOnly = false, toldLater = false }: { readOnly?: boolean; toldLater?: boolean } = {},
): Promise<NotificationStore> {
  const { files, crypto } = ports;
  const sha256Hex = (bytes: Uint8Array): string => crypto.sha256Hex(bytes);
  const sha256OfPieces = crypto.sha256OfPieces.bind(crypto);
  const context: FileContext = { ports, migrations: MIGRATIONS, readOnly, sha256Hex, sha256OfPieces };
  const documentOf = <T>(name: string, format: FileFormat<T>, empty: T): StoredDocument<T> =>
    new StoredDocument(new DurableJsonFile(context, files.join(folder, name), format), empty);
  const open = async <T>(name: string, format: FileFormat<T>, empty: T): Promise<StoredDocument<T>> => {
    const document = documentOf(name, format, empty);
    await document.load();
    return document;
  };
  const none = { good: [], bad: [] };
  const channels = await open('channels.json', listFormat('channels', findChannel), none);
  const marks = await open('marks.json', listFormat('marks', findSilence), none);
  const watch = documentOf('watch.json', WATCH_FORMAT, EMPTY_WATCH);
  let isRecalled = false;
  const recalling = new Queue();
  const recall = (): Promise<void> =>
    recalling.run(async () => {
      if (!isRecalled) await watch.load();
      isRecalled = true;
    });
  const told = (): StoredDocument<WatchFile> => {
    if (!isRecalled) throw new Error('what has been told has not been read');
    return watch;
  };
  if (!toldLater || !(await isOfThisVersion(files, watch.file.path))) await recall();
  const queue = new Queue();
  let isClosed = false;
  // A delivery still waiting for a server when the console ends must not write after the lock is released.
  const write = <T>(document: StoredDocument<T>, value: () => T): Promise<void> =>
    queue.run(() => {
      if (isClosed) throw new ConsoleError('store.not-writable', { path: document.file.path });
      return document.replace(value());
    });

  return {
    isNew: channels.file.outcome === 'absent',
    channels: () => channels.value.good,
    saveChannels: (good) => write(channels, () => ({ good, bad: channels.value.bad })),
    silences: () => marks.value.good,
    saveSilences: (good) => write(marks, () => ({ good, bad: marks.value.bad })),
    recall,
    watch: () => told().value,
    saveWatch: (value) => write(told(), () => value),
    damages: () => [
      ...listDamages(channels, channels.value.bad),
      ...listDamages(marks, marks.value.bad),
      ...listDamages(watch, []),
    ],
    close: async () => {
      isClosed = true;
      await queue.idle();
    },
  };

  function listDamages<T>({ file }: StoredDocument<T>, bad: readonly unknown[]): NotificationDamage[] {
    const { path, outcome, setAsideAs } = file;
    const setAside = setAsideAs === undefined ? {} : { setAside: files.nameOf(setAsideAs) };
    return [
      ...(outcome === 'restored' || outcome === 'doubted' || outcome === 'lost'
        ? [{ kind: outcome, path, ...setAside }]
        : []),
      ...bad.map((_, at) => ({ kind: 'entry-unreadable' as const, path, entry: String(at + 1) })),
    ];
  }
}

/** Whether a file begins as this program begins it. */
async function isOfThisVersion(files: NotificationPorts['files'], path: string): Promise<boolean> {
  const begin = `{"schema":${SCHEMA_VERSION},`;
  const bytes = await unlessAbsent(files.readPart(path, { from: 0, to: begin.length }));
  return new TextDecoder().decode(bytes) === begin;
}

const findChannel = (raw: unknown): Channel | undefined => channelEntry.safeParse(raw).data;
const findSilence = (raw: unknown): Silence | undefined => silenceEntry.safeParse(raw).data;

function listFormat<T>(
  kind: FileKind & ('channels' | 'marks'),
  read: (raw: unknown) => T | undefined,
): FileFormat<CheckedList<T>> {
  return {
    kind,
    decode(content) {
      const file = kind === 'channels' ? channelsFile : marksFile;
      const parsed = file.safeParse(content);
      if (!parsed.success) return undefined;
      const entries: unknown[] = Object.values(parsed.data).flat();
      const readable = entries.map((raw) => ({ raw, value: read(raw) }));
      return {
        good: readable.flatMap(({ value }) => value ?? []),
        bad: readable.filter(({ value }) => value === undefined).map(({ raw }) => raw),
      };
    },
    // Through the schemas again: anything else an object may carry, such as a password, never reaches the disk.
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
