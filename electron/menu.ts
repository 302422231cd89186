import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { CommandId } from '../core/shared/command.ts';
import type { MessageKey, Translate } from '../core/text/text.ts';

/** The application menu in one language. Its shortcuts are the ones that the page lists under "Shortcuts". */
export function applicationMenu(translate: Translate, run: (command: CommandId) => void): Menu {
  const item = (key: MessageKey, command: CommandId, accelerator?: string): MenuItemConstructorOptions => ({
    label: translate(key),
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => {
      run(command);
    },
  });
  const role = (
    key: MessageKey,
    name: NonNullable<MenuItemConstructorOptions['role']>,
  ): MenuItemConstructorOptions => ({ label: translate(key), role: name });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return Menu.buildFromTemplate([
    {
      label: translate('menu.file'),
      submenu: [
        item('menu.import-files', 'import.files', 'CmdOrCtrl+O'),
        item('menu.import-folder', 'import.folders', 'CmdOrCtrl+Shift+O'),
        item('menu.import-report', 'report.open'),
        separator,
        item('menu.new-revocation', 'revocation.create'),
        item('menu.open-revocation', 'revocation.open-file'),
        item('menu.new-authority', 'authority.create'),
        separator,
        {
          label: translate('menu.export'),
          submenu: [
            item('menu.export.csv', 'export.csv', 'CmdOrCtrl+E'),
            item('menu.export.json', 'export.json'),
            item('menu.export.html', 'export.html', 'CmdOrCtrl+Shift+E'),
          ],
        },
        item('menu.export.report', 'export.report'),
        item('menu.print', 'export.print', 'CmdOrCtrl+P'),
        separator,
        item('menu.settings', 'settings.open', 'CmdOrCtrl+,'),
        separator,
        role('menu.exit', 'quit'),
      ],
    },
    {
      label: translate('menu.edit'),
      submenu: [
        role('menu.undo', 'undo'),
        role('menu.redo', 'redo'),
        separator,
        role('menu.cut', 'cut'),
        role('menu.copy', 'copy'),
        role('menu.paste', 'paste'),
        role('menu.select-all', 'selectAll'),
        separator,
        item('menu.find', 'search.focus', 'CmdOrCtrl+F'),
      ],
    },
    {
      label: translate('menu.view'),
      submenu: [
        item('menu.palette', 'palette.open', 'CmdOrCtrl+K'),
        separator,
        item('command.view.credentials', 'view.credentials', 'CmdOrCtrl+1'),
        item('command.view.timeline', 'view.timeline', 'CmdOrCtrl+2'),
        item('command.view.power-off', 'view.power-off', 'CmdOrCtrl+3'),
        item('command.view.plan', 'view.plan', 'CmdOrCtrl+4'),
        separator,
        item('menu.update', 'update.open', 'CmdOrCtrl+Shift+U'),
        item('menu.repair', 'repair.open', 'CmdOrCtrl+Shift+D'),
        item('menu.revocations', 'revocation.open', 'CmdOrCtrl+Shift+R'),
        item('menu.runs', 'runs.open', 'CmdOrCtrl+Shift+H'),
        item('menu.authorities', 'authority.open', 'CmdOrCtrl+Shift+A'),
        separator,
        item('menu.language', 'language.switch', 'CmdOrCtrl+Shift+L'),
        item('menu.theme', 'theme.switch', 'CmdOrCtrl+Shift+T'),
        separator,
        role('menu.zoom-in', 'zoomIn'),
        role('menu.zoom-out', 'zoomOut'),
        role('menu.zoom-reset', 'resetZoom'),
        role('menu.full-screen', 'togglefullscreen'),
      ],
    },
    {
      label: translate('menu.help'),
      submenu: [
        item('menu.knowledge', 'knowledge.open', 'CmdOrCtrl+Shift+K'),
        item('command.knowledge.check', 'knowledge.check'),
        separator,
        item('menu.shortcuts', 'shortcuts.open', 'F1'),
        item('menu.about', 'about.open'),
      ],
    },
  ]);
}
