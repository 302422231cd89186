import sample from './en/sample.ts';

const english = { ...sample } as const;
export default english;

type SampleMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends SampleMessages {}
}
