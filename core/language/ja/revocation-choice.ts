import type { revocationChoice as english } from '../en/revocation-choice.ts';

export const revocationChoice: Record<keyof typeof english, string> = {};
