import type { Services } from '../audit/recorder.ts';
import type { ConsoleApi } from '../contract.ts';
import type { Confirmation, Host, Ports } from '../shared/ports.ts';

/** Dialogs, the clipboard and facts about the program. */
export function applicationService(
  { host }: Pick<Ports, 'host'>,
  dataFolder: string,
): Services<ConsoleApi>['application'] {
  return {
    about: () => ({ ...host.about(), dataFolder }),
    chooseSources: ({ kind }) => host.chooseSources(kind),
    chooseTarget: ({ suggestedName, format }) => host.chooseTarget(suggestedName, format),
    copy: async ({ text }) => {
      await host.copy(text);
      return null;
    },
  };
}

/** Asks a person in a system dialog, beyond the reach of pages; `false` without one. */
export async function askPerson({ confirm }: Host, question: Confirmation): Promise<boolean> {
  return confirm !== undefined && (await confirm(question));
}
