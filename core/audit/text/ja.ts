import type english from './en.ts';
import audit from './ja/audit.ts';

export default { ...audit } satisfies Record<keyof typeof english, string>;
