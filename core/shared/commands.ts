interface CommandEntry {
  icon: string;
  /** The shortcut on Windows; Ctrl is Command on a Mac. */
  shortcut?: string;
  /** The label in the application menu; default: `command.<id>`, the label everywhere else. */
  menuText?: `menu.${string}`;
  /** The screen to open before the command runs. */
  screen?: string;
  /** Without this condition the command does nothing, and the palette does not offer it. */
  needs?: 'credentials' | 'filter' | 'open-credential' | 'sample' | 'no-sample';
}

const TABLE = {
  'expiry.open': { icon: 'expiry', screen: 'expiry' },
  'import.files': { icon: 'file', shortcut: 'Ctrl+O', menuText: 'menu.import-files' },
  'import.folders': { icon: 'folder', shortcut: 'Ctrl+Shift+O', menuText: 'menu.import-folder' },
  'examine.files': { icon: 'search', menuText: 'menu.examine' },
  'export.csv': { icon: 'export', shortcut: 'Ctrl+E', menuText: 'menu.export.csv', needs: 'credentials' },
  'export.json': { icon: 'export', menuText: 'menu.export.json', needs: 'credentials' },
  'export.html': { icon: 'export', shortcut: 'Ctrl+Shift+E', menuText: 'menu.export.html', needs: 'credentials' },
  'export.report': { icon: 'export', menuText: 'menu.export.report', needs: 'credentials' },
  'export.print': { icon: 'export', shortcut: 'Ctrl+P', menuText: 'menu.print', needs: 'credentials' },
  'search.focus': { icon: 'filter', shortcut: 'Ctrl+F', menuText: 'menu.find' },
  'view.clusters': { icon: 'cluster', shortcut: 'Ctrl+1' },
  'view.credentials': { icon: 'expiry', shortcut: 'Ctrl+2' },
  'view.timeline': { icon: 'expiry', shortcut: 'Ctrl+3' },
  'view.power-off': { icon: 'expiry', shortcut: 'Ctrl+4' },
  'view.plan': { icon: 'expiry', shortcut: 'Ctrl+5' },
  'palette.open': { icon: 'search', shortcut: 'Ctrl+K', menuText: 'menu.palette' },
  'update.open': { icon: 'update', shortcut: 'Ctrl+Shift+U', menuText: 'menu.update', screen: 'update' },
  'repair.open': { icon: 'repair', shortcut: 'Ctrl+Shift+D', menuText: 'menu.repair', screen: 'repair' },
  'revocation.open': {
    icon: 'revocation',
    shortcut: 'Ctrl+Shift+R',
    menuText: 'menu.revocations',
    screen: 'revocation',
  },
  'revocation.create': { icon: 'revocation', menuText: 'menu.new-revocation', screen: 'revocation' },
  'revocation.open-file': { icon: 'file', menuText: 'menu.open-revocation' },
  'runs.open': { icon: 'runs', shortcut: 'Ctrl+Shift+H', menuText: 'menu.runs', screen: 'runs' },
  'authority.open': { icon: 'authority', shortcut: 'Ctrl+Shift+A', menuText: 'menu.authorities', screen: 'authority' },
  'authority.create': { icon: 'authority', menuText: 'menu.new-authority', screen: 'authority' },
  'report.open': { icon: 'report', menuText: 'menu.import-report', screen: 'report' },
  'knowledge.open': { icon: 'knowledge', shortcut: 'Ctrl+Shift+K', menuText: 'menu.knowledge', screen: 'knowledge' },
  'knowledge.check': { icon: 'knowledge' },
  'lab.open': { icon: 'workstation', screen: 'lab' },
  'audit.open': { icon: 'verify', screen: 'audit' },
  'settings.open': { icon: 'settings', shortcut: 'Ctrl+,', menuText: 'menu.settings', screen: 'settings' },
  'language.switch': { icon: 'language', shortcut: 'Ctrl+Shift+L', menuText: 'menu.language' },
  'theme.switch': { icon: 'theme', shortcut: 'Ctrl+Shift+T', menuText: 'menu.theme' },
  'shortcuts.open': { icon: 'keyboard', shortcut: 'F1', menuText: 'menu.shortcuts' },
  'about.open': { icon: 'about', menuText: 'menu.about' },
  'filter.clear': { icon: 'filter', needs: 'filter' },
  'mark.open': { icon: 'bell', needs: 'open-credential' },
  'watch.open': { icon: 'bell', screen: 'settings' },
  'watch.check': { icon: 'rotate' },
  'sample.open': { icon: 'cluster', screen: 'expiry', needs: 'no-sample' },
  'sample.remove': { icon: 'forget', screen: 'expiry', needs: 'sample' },
} as const satisfies Record<string, CommandEntry>;

type Table = typeof TABLE;
export type CommandId = keyof Table;
type With<Column extends string> = {
  [Id in CommandId]: Table[Id] extends Record<Column, string> ? Id : never;
}[CommandId];

export type ScreenCommandId = With<'screen'>;
type CommandScreen = Table[ScreenCommandId]['screen'];
/** No command opens the page of a cluster, because the page needs to know which. */
export type Screen = CommandScreen | 'cluster';

interface Command extends CommandEntry {
  icon: Table[CommandId]['icon'];
  menuText?: Table[With<'menuText'>]['menuText'];
  screen?: CommandScreen;
}

/**
 * The source of the palette and the list of shortcuts, in this order, and of the application menu and the page's keys.
 */
export const COMMAND_TABLE: Readonly<Record<CommandId, Command>> = TABLE;

export const COMMAND_IDS = Object.keys(TABLE) as readonly CommandId[];
