import { Menu, type MenuItemConstructorOptions } from 'electron';
import { COMMAND_TABLE, type CommandId } from '../core/shared/commands.ts';
import type { MessageKey, Translate } from '../core/shared/text/text.ts';

export function applicationMenu(translate: Translate, run: (command: CommandId) => void): Menu {
  const item = (id: CommandId): MenuItemConstructorOptions => {
    const { menuText = `command.${id}` as const, shortcut } = COMMAND_TABLE[id];
    return { label: translate(menuText), accelerator: shortcut?.replace('Ctrl', 'CmdOrCtrl'), click: () => run(id) };
  };
  const role = (
    key: MessageKey,
    name: NonNullable<MenuItemConstructorOptions['role']>,
  ): MenuItemConstructorOptions => ({ label: translate(key), role: name });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return Menu.buildFromTemplate([
    {
      label: translate('menu.file'),
      submenu: [
        item('import.files'),
        item('import.folders'),
        item('report.open'),
        separator,
        item('revocation.create'),
        item('revocation.open-file'),
        item('authority.create'),
        separator,
        { label: translate('menu.export'), submenu: [item('export.csv'), item('export.json'), item('export.html')] },
        item('export.report'),
        item('export.print'),
        separator,
        item('settings.open'),
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
        item('search.focus'),
      ],
    },
    {
      label: translate('menu.view'),
      submenu: [
        item('palette.open'),
        separator,
        item('view.credentials'),
        item('view.timeline'),
        item('view.power-off'),
        item('view.plan'),
        separator,
        item('update.open'),
        item('repair.open'),
        item('revocation.open'),
        item('runs.open'),
        item('authority.open'),
        separator,
        item('language.switch'),
        item('theme.switch'),
        separator,
        role('menu.zoom-in', 'zoomIn'),
        role('menu.zoom-out', 'zoomOut'),
        role('menu.zoom-reset', 'resetZoom'),
        role('menu.full-screen', 'togglefullscreen'),
      ],
    },
    {
      label: translate('menu.help'),
      submenu: [item('knowledge.open'), item('knowledge.check'), separator, item('shortcuts.open'), item('about.open')],
    },
  ]);
}
