import store from './en/store.ts';

const english = { ...store } as const;
export default english;

type StoreMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends StoreMessages {}
}
