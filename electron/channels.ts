export const CALL_CHANNEL = 'call';

export const LINES_CHANNEL = 'lines';
export const eventChannel = (event: string): string => `event:${event}`;

/** Outside the contract: turns the paths of dropped files, which only preload sees, into tickets. */
export const DROP_CHANNEL = 'drop:paths';
