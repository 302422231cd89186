import cli from './en/cli.ts';

const english = { ...cli } as const;
export default english;

type CliMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends CliMessages {}
}
