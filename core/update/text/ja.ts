import type english from './en.ts';
import update from './ja/update.ts';
import wizard from './ja/wizard.ts';

export default { ...update, ...wizard } satisfies Record<keyof typeof english, string>;
