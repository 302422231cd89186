import type english from './en.ts';
import store from './ja/store.ts';

export default { ...store } satisfies Record<keyof typeof english, string>;
