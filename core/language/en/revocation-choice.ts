export const revocationChoice = {} as const;
