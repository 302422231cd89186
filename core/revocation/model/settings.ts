import type { SerialSpelling } from '../../shared/renew-revocation/draft.ts';

export const USUAL_SPELLING: SerialSpelling = 'serialnumber';

declare module '../../shared/settings.ts' {
  interface Settings {
    serialSpelling: SerialSpelling;
  }
}
