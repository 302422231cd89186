import { type as systemType, release } from 'node:os';
import { app, BrowserWindow, clipboard, dialog, shell, type FileFilter } from 'electron';
import type { TargetFormat } from '../core/shared/files/file-format.ts';
import { sourceUse, type SourceKind } from '../core/shared/ticket.ts';
import type { Translate } from '../core/shared/text/text.ts';
import type { Host } from '../core/shared/ports.ts';
import type { MainCalls } from './services/main-calls.ts';

const SINGLE: readonly SourceKind[] = ['evidence', 'revocation', 'channel', 'lab'];
const FOLDERS: readonly SourceKind[] = ['folders', 'lab'];

export function describeProgram(): ReturnType<Host['about']> {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    chromium: process.versions['chrome'],
    node: process.versions.node,
    system: `${systemType()} ${release()}`,
  };
}

export function systemDialogs(
  translate: () => Translate,
): Pick<MainCalls, 'chooseSources' | 'chooseTarget' | 'copy' | 'showFolder'> {
  return {
    chooseSources: async (kind) => {
      const text = translate();
      const { canceled, filePaths } = await dialog.showOpenDialog(findWindow(), {
        title: text(`dialog.choose-${kind}`),
        ...(sourceUse(kind) === 'read:import' && { buttonLabel: text('dialog.import') }),
        properties: [
          ...(FOLDERS.includes(kind) ? (['openDirectory', 'createDirectory'] as const) : (['openFile'] as const)),
          ...(SINGLE.includes(kind) ? [] : (['multiSelections'] as const)),
          'showHiddenFiles',
        ],
      });
      return canceled ? [] : filePaths;
    },
    chooseTarget: async (suggestedName, format) => {
      const text = translate();
      const { canceled, filePath } = await dialog.showSaveDialog(findWindow(), {
        title: text('dialog.save'),
        defaultPath: suggestedName,
        filters: listFilters(format, text),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return canceled || filePath === undefined || filePath === '' ? null : filePath;
    },
    // `writeText` returns a promise since Electron 45.
    copy: async (text) => await clipboard.writeText(text),
    showFolder: async (path) => void (await shell.openPath(path)),
  };
}

/** Kubeconfigs usually have no extension, so a typed name stays unchanged. */
function listFilters(format: TargetFormat, text: Translate): FileFilter[] {
  const name = text(`dialog.format.${format}`);
  return format === 'kubeconfig' ? [] : [{ name, extensions: [format] }];
}

function findWindow(): BrowserWindow {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  if (window === undefined) throw new Error('no window is open');
  return window;
}
