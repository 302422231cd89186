import script from './en/script.ts';

const english = { ...script } as const;
export default english;

type PlanMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends PlanMessages {}
}
