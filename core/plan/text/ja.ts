import type english from './en.ts';
import script from './ja/script.ts';

export default { ...script } satisfies Record<keyof typeof english, string>;
