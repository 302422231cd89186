import type english from './en.ts';
import sample from './ja/sample.ts';

export default { ...sample } satisfies Record<keyof typeof english, string>;
