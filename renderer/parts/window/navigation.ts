import { createContext } from 'svelte';
import type { CommandId, Screen } from '../../../core/shared/commands.ts';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import type { ExpiryView } from '../../../core/expiry/model/settings.ts';

export type DialogId = 'about' | 'shortcuts' | 'palette';

export interface Navigation {
  readonly screen: Screen;
  /** The open dialog, which receives key presses instead of the screen. */
  readonly dialog: DialogId | undefined;
  readonly expiryViews: readonly ExpiryView[];
  /** A request for the filter of the board to take the focus, and to select or keep its content. */
  filterWish: 'select' | 'append' | undefined;
  /** Determines how dropped files are used. */
  readonly dropsAre: 'evidence' | 'import';
  run(command: CommandId): void;
  /** Opens a screen; the element with the id `target`, or else the heading, takes the focus. */
  go(screen: Screen, target?: string): void;
  closeDialog(): void;
  look(view: ExpiryView): void;
  showCredential(reference: { clusterId: ClusterId; credentialId: CredentialId }): void;
  showCluster(clusterId: ClusterId, tab?: 'plan' | 'requests' | 'files'): void;
  /** Opens the repair with the known facts filled in. */
  showRepair(clusterId: ClusterId): void;
  showUpdate(clusterId: ClusterId): void;
  typeIntoFilter(letter: string): void;
  /** Looks for the causes of an error. */
  takePaste(text: string): void;
}

export const [useNavigation, provideNavigation] = createContext<Navigation>();
