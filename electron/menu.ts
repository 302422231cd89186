import { Menu, type MenuItemConstructorOptions } from 'electron';
import { COMMAND_TABLE, type CommandId } from '../core/shared/commands.ts';
import type { MessageKey, Translate } from '../core/shared/text/text.ts';

type Role = NonNullable<MenuItemConstructorOptions['role']>;
type Entry = CommandId | '-' | [MessageKey, Role] | MenuItemConstructorOptions;

export function applicationMenu(translate: Translate, run: (command: CommandId) => void): Menu {
  const createItem = (entry: Entry): MenuItemConstructorOptions => {
    if (Array.isArray(entry)) return { label: translate(entry[0]), role: entry[1] };
    if (typeof entry !== 'string') return entry;
    if (entry === '-') return { type: 'separator' };
    const { menuText = `command.${entry}` as const, shortcut } = COMMAND_TABLE[entry];
    const accelerator = shortcut?.replace('Ctrl', 'CmdOrCtrl');
    return { label: translate(menuText), accelerator, click: () => run(entry) };
  };
  const menu = (key: MessageKey, ...entries: Entry[]): MenuItemConstructorOptions => ({
    label: translate(key),
    submenu: entries.map(createItem),
  });
  return Menu.buildFromTemplate([
    menu(
      'menu.file',
      'import.files',
      'import.folders',
      'examine.files',
      'report.open',
      '-',
      'revocation.create',
      'revocation.open-file',
      'authority.create',
      '-',
      menu('menu.export', 'export.csv', 'export.json', 'export.html'),
      'export.report',
      'export.print',
      '-',
      'settings.open',
      '-',
      ['menu.exit', 'quit'],
    ),
    menu(
      'menu.edit',
      ['menu.undo', 'undo'],
      ['menu.redo', 'redo'],
      '-',
      ['menu.cut', 'cut'],
      ['menu.copy', 'copy'],
      ['menu.paste', 'paste'],
      ['menu.select-all', 'selectAll'],
      '-',
      'search.focus',
    ),
    menu(
      'menu.view',
      'palette.open',
      '-',
      'view.credentials',
      'view.timeline',
      'view.power-off',
      'view.plan',
      '-',
      'update.open',
      'repair.open',
      'revocation.open',
      'runs.open',
      'authority.open',
      '-',
      'language.switch',
      'theme.switch',
      '-',
      ['menu.zoom-in', 'zoomIn'],
      ['menu.zoom-out', 'zoomOut'],
      ['menu.zoom-reset', 'resetZoom'],
      ['menu.full-screen', 'togglefullscreen'],
    ),
    menu('menu.help', 'knowledge.open', 'knowledge.check', 'lab.open', '-', 'shortcuts.open', 'about.open'),
  ]);
}
