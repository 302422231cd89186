import update from './en/update.ts';
import wizard from './en/wizard.ts';

const english = { ...update, ...wizard } as const;
export default english;

type UpdateMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends UpdateMessages {}
}
