import { type as systemType, release } from 'node:os';
import { app, BrowserWindow, clipboard, dialog, type FileFilter } from 'electron';
import type { TargetFormat } from '../core/shared/file-format.ts';
import { sourceUse, type SourceKind } from '../core/shared/ticket.ts';
import type { Translate } from '../core/text/text.ts';
import { userName } from '../core/node/user.ts';
import type { Host, Tickets } from '../core/shared/ports.ts';

const SINGLE: readonly SourceKind[] = ['evidence', 'revocation', 'channel'];

/** Dialogs, clipboard and versions of the running Electron. Paths stay here: callers get tickets. */
export function electronHost(
  tickets: Pick<Tickets, 'issue'>,
  translate: () => Translate,
  { toast, print, confirm }: Pick<Host, 'toast' | 'print' | 'confirm'>,
): Host {
  return {
    about: () => ({
      version: app.getVersion(),
      ...(process.versions.electron === undefined ? {} : { electron: process.versions.electron }),
      ...(process.versions['chrome'] === undefined ? {} : { chromium: process.versions['chrome'] }),
      node: process.versions.node,
      system: `${systemType()} ${release()}`,
    }),
    chooseSources: async (kind) => {
      const text = translate();
      const use = sourceUse(kind);
      const { canceled, filePaths } = await dialog.showOpenDialog(focused(), {
        title: text(`dialog.choose-${kind}`),
        ...(use === 'read:import' && { buttonLabel: text('dialog.import') }),
        properties: [
          kind === 'folders' ? 'openDirectory' : 'openFile',
          ...(SINGLE.includes(kind) ? [] : (['multiSelections'] as const)),
          'showHiddenFiles',
        ],
      });
      return canceled ? [] : filePaths.map((path) => tickets.issue(path, use));
    },
    chooseTarget: async (suggestedName, format) => {
      const text = translate();
      const { canceled, filePath } = await dialog.showSaveDialog(focused(), {
        title: text('dialog.save'),
        defaultPath: suggestedName,
        filters: listFilters(format, text),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return canceled || filePath === undefined || filePath === '' ? null : tickets.issue(filePath, `write:${format}`);
    },
    copy: async (text) => {
      // Returns nothing before Electron 45, and a promise since.
      await clipboard.writeText(text);
    },
    user: userName,
    toast,
    print,
    confirm,
  };
}

/** Kubeconfigs usually have no extension, so nothing is appended to what the admin types. */
function listFilters(format: TargetFormat, text: Translate): FileFilter[] {
  const name = text(`dialog.format.${format}`);
  return format === 'kubeconfig' ? [] : [{ name, extensions: [format] }];
}

function focused(): BrowserWindow {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  if (window === undefined) throw new Error('no window is open');
  return window;
}
