import cli from './en/cli.ts';

const english = { ...cli } as const;
export default english;

type SettingsMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends SettingsMessages {}
}
