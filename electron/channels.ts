export const CALL_CHANNEL = 'call';

export const LINES_CHANNEL = 'lines';
export const eventChannel = (event: string): string => `event:${event}`;

/** A channel outside the contract, for the paths of dropped files, which only preload sees. */
export const DROP_CHANNEL = 'drop:paths';
