import { type as systemType, release } from 'node:os';
import { app, BrowserWindow, clipboard, dialog, type FileFilter, type OpenDialogOptions } from 'electron';
import type { TargetFormat } from '../core/shared/file-format.ts';
import type { FileTicket } from '../core/shared/ticket.ts';
import type { Translate } from '../core/text/text.ts';
import { userName } from '../core/node/user.ts';
import type { Host } from '../core/shared/ports.ts';

/** Dialogs, clipboard and versions of the running Electron. Paths stay here: callers get tickets. */
export function electronHost(
  issue: (path: string) => FileTicket,
  translate: () => Translate,
  { toast, print }: { toast: Host['toast']; print: Host['print'] },
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
      const options: OpenDialogOptions =
        kind === 'one-file'
          ? { title: text('dialog.choose-one-file'), properties: ['openFile', 'showHiddenFiles'] }
          : {
              title: text(kind === 'files' ? 'dialog.choose-files' : 'dialog.choose-folders'),
              buttonLabel: text('dialog.import'),
              properties: [kind === 'files' ? 'openFile' : 'openDirectory', 'multiSelections', 'showHiddenFiles'],
            };
      const { canceled, filePaths } = await dialog.showOpenDialog(focused(), options);
      return canceled ? [] : filePaths.map(issue);
    },
    chooseTarget: async (suggestedName, format) => {
      const text = translate();
      const { canceled, filePath } = await dialog.showSaveDialog(focused(), {
        title: text('dialog.save'),
        defaultPath: suggestedName,
        filters: listFilters(format, text),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return canceled || filePath === undefined || filePath === '' ? null : issue(filePath);
    },
    copy: async (text) => {
      // Returns nothing before Electron 45, and a promise since.
      await clipboard.writeText(text);
    },
    user: userName,
    toast,
    print,
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
