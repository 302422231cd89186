import application from './en/application.ts';
import menu from './en/menu.ts';

const english = { ...application, ...menu } as const;
export default english;

type ConsoleMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends ConsoleMessages {}
}
