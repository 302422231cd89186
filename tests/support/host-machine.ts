import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { StubFolders } from './stub-modules.ts';

/*
 * A host as scripts see it: folders of a user and of Windows, and stubs for cmdlets and programs that behave as
 * configured and record their calls.
 */

/** The behaviour of the stubs where the real modules differ or their behaviour is not published. */
export interface StubModes {
  language: 'en' | 'ja';
  /**
   * The file that `Get-AksHciCredential -configPath PATH` writes: PATH itself, or a file in the folder PATH with one of
   * two names.
   */
  kubeconfig: 'file' | 'kubeconfig-name' | 'name-kubeconfig';
  /** Form of `InstallState`: a word, or the number into which JSON and remoting convert the word. */
  state: 'name' | 'number';
  updates: 'objects' | 'text';
  listsManagement: boolean;
  /** Names of the cluster's computers on which no service runs. */
  stopped: readonly string[];
  /** If false, every `Get-…Config` throws. */
  isConfigured: boolean;
}

export const MODES: StubModes = {
  language: 'en',
  kubeconfig: 'file',
  state: 'name',
  updates: 'objects',
  listsManagement: false,
  stopped: [],
  isConfigured: true,
};

/**
 * A fault at a call. `exit-code`: a program that the cmdlet starts leaves the exit code `text` behind, or the program
 * itself exits with it; `exit`, `host-exit`: PowerShell ends at once with that code, through the `exit` statement or
 * through .NET; `ask`: asks a question, as `ConfirmImpact` does; `type`: asks for a line; `nothing`: returns nothing.
 * `error` replaces the rest of the cmdlet; `error-and-on` precedes it.
 */
export interface Fault {
  /** Number of the call, from 1; if absent, every call. */
  at?: number;
  /** Name of the cmdlet or program; if absent, any. */
  of?: string;
  kind:
    | 'throw'
    | 'error'
    | 'error-and-on'
    | 'warning'
    | 'exit-code'
    | 'ask'
    | 'type'
    | 'hang'
    | 'exit'
    | 'host-exit'
    | 'megabytes'
    | 'progress'
    | 'says'
    | 'nothing';
  /** A message, an exit code, or a number of seconds or megabytes. */
  text: string;
}

export type RecordedValue = string | number | boolean | null | RecordedValue[] | { user: string };

/** A call of a cmdlet with its bound parameters, or of a program with its arguments. */
export type StubCall =
  | {
      kind: 'cmdlet';
      name: string;
      parameters: Readonly<Record<string, RecordedValue>>;
      onlyAsked: boolean;
      folder: string;
    }
  | { kind: 'program'; name: string; arguments: readonly string[]; folder: string };

/** An account with its name in Windows; a deleted account has no name. */
export interface Account {
  sid: string;
  name?: string;
}

/** The owner of a file or folder, and the rights of others (a mask of `FileSystemRights`). */
export interface Access {
  owner?: Account;
  others?: readonly (Account & { rights: number })[];
}

type Line =
  | { name: string; parameters: Record<string, RecordedValue>; onlyAsked: boolean; folder: string }
  | { program: string; arguments: string; folder: string };

export class HostMachine {
  readonly folders: Readonly<Record<'root' | 'stubs' | 'work' | 'user' | 'programData' | 'programFiles', string>>;
  readonly environment: Readonly<Record<string, string>>;

  constructor({ programs }: StubFolders, modes: Partial<StubModes> = {}) {
    const root = mkdtempSync(join(tmpdir(), 'arcwarden-host-'));
    const make = (...names: string[]): string => {
      const folder = join(root, ...names);
      mkdirSync(folder, { recursive: true });
      return folder;
    };
    this.folders = {
      root,
      stubs: make('stubs'),
      work: make('work'),
      user: make('user'),
      programData: make('ProgramData'),
      programFiles: make('ProgramFiles'),
    };
    this.environment = {
      ARCWARDEN_STUBS: this.folders.stubs,
      HOME: this.folders.user,
      COMPUTERNAME: 'HOST01',
      UserProfile: this.folders.user,
      LOCALAPPDATA: make('user', 'AppData', 'Local'),
      ProgramData: this.folders.programData,
      ProgramFiles: this.folders.programFiles,
      TEMP: make('temp'),
      PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`,
    };
    make('stubs', 'aks-hci', '.ssh');
    writeFileSync(join(this.folders.stubs, 'aks-hci', 'kubeconfig-mgmt'), MANAGEMENT_KUBECONFIG);
    for (const name of [
      ['.kube', 'config'],
      ['.wssd', 'kvactl', 'cloudconfig'],
      ['.wssd', 'kvactl', 'cloudconfig.backup'],
    ])
      writeFileSync(join(make('user', ...name.slice(0, -1)), name.at(-1) ?? ''), 'kept\n');
    writeFileSync(join(this.folders.stubs, 'modes.json'), JSON.stringify({ ...MODES, ...modes }));
  }

  /** Replaces all faults. Calls are numbered from the last `forget`. */
  suffer(...faults: readonly Fault[]): this {
    writeFileSync(join(this.folders.stubs, 'faults.txt'), faultLines(faults));
    return this;
  }

  calls(): StubCall[] {
    return callsIn(join(this.folders.stubs, 'calls.jsonl'));
  }

  forget(): void {
    rmSync(join(this.folders.stubs, 'calls.jsonl'), { force: true });
  }

  /** Sets owners and rights by path, for files and folders that do not belong to the administrators alone. */
  belong(access: Readonly<Record<string, Access>>): this {
    const nameAccount = ({ name = '', ...others }: Account): Account => ({ ...others, name });
    const entries = Object.entries(access).map(([path, { owner, others = [] }]) => [
      path,
      { ...(owner && { owner: nameAccount(owner) }), others: others.map(nameAccount) },
    ]);
    writeFileSync(join(this.folders.stubs, 'acls.json'), JSON.stringify(Object.fromEntries(entries)));
    return this;
  }

  put(name: string, text: string): string {
    const path = join(this.folders.work, name);
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.folders.root, { recursive: true, force: true });
  }
}

export function faultLines(faults: readonly Fault[]): string {
  return faults
    .map(({ at, of, kind, text }) =>
      [at ?? '*', of ?? '*', kind, Buffer.from(text).toString('base64')].join('\t').concat('\n'),
    )
    .join('');
}

export function callsIn(file: string): StubCall[] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Without calls, the file does not exist.
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parseCall(JSON.parse(line) as Line));
}

function parseCall(line: Line): StubCall {
  if ('name' in line) return { kind: 'cmdlet', ...line };
  const decodeText = (text: string): string => Buffer.from(text, 'base64').toString('utf8');
  return {
    kind: 'program',
    name: line.program,
    // Each argument is followed by a zero byte.
    arguments: line.arguments === '' ? [] : decodeText(line.arguments).split('\0').slice(0, -1),
    folder: decodeText(line.folder).trimEnd(),
  };
}

/** The certificate is signed with a key that was discarded: scripts read only its expiry. */
const CERTIFICATE = [
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJpekNDQVRHZ0F3SUJBZ0lVYXpSdkNwcVhWT1llMDg3L2xwVUZ2M2k2YWlnd0NnWUlLb1',
  'pJemowRUF3SXcKR3pFWk1CY0dBMVVFQXd3UWEzVmlaWEp1WlhSbGN5MWhaRzFwYmpBZUZ3MHlOakV4TWpnd01qQXpNVFZhRncweQpOekV4TWpn',
  'd01qQXpNVFZhTUJzeEdUQVhCZ05WQkFNTUVHdDFZbVZ5Ym1WMFpYTXRZV1J0YVc0d1dUQVRCZ2NxCmhrak9QUUlCQmdncWhrak9QUU1CQndOQ0',
  'FBVDhuNEpiNGtURzhZVXhnLzFzVEtVSmNvdFlSYVU5d3V3WE9nRmwKaHh1aFhMMFpGUG9kZERaTnJlbVV2Q2RxWVA2di9NaUVXem5pQVdQbkdl',
  'NmlHNVR1bzFNd1VUQWRCZ05WSFE0RQpGZ1FVdG9KU2Nta09XUDR6anJodW8zQnhOaS9DWXhBd0h3WURWUjBqQkJnd0ZvQVV0b0pTY21rT1dQNH',
  'pqcmh1Cm8zQnhOaS9DWXhBd0R3WURWUjBUQVFIL0JBVXdBd0VCL3pBS0JnZ3Foa2pPUFFRREFnTklBREJGQWlFQTVtbU4KKzNTbmNUSzRHZzRU',
  'MWJRclE1L1M3cllzS1A2ckYvWVgzOW8zdGJBQ0lFT0ZRWFpnd0ZWZkV2TzZlblpYS2d3ZwpveGJIOEQ3ZFBVS204RjBGN3ljZgotLS0tLUVORC',
  'BDRVJUSUZJQ0FURS0tLS0tCg==',
].join('');

const MANAGEMENT_KUBECONFIG = `apiVersion: v1
kind: Config
users:
- user:
    client-certificate-data: ${CERTIFICATE}
`;
