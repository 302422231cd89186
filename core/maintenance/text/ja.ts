import type english from './en.ts';
import maintenance from './ja/maintenance.ts';

export default { ...maintenance } satisfies Record<keyof typeof english, string>;
