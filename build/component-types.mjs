/**
 * To be imported before the parser of Svelte components, so that TypeScript reads all components at once. Otherwise it
 * learns of each only in turn and starts over every time, which takes more than twice as long; and components used by
 * others would accept any property.
 */
process.env['SVELTE_ESLINT_PARSER_EXPERIMENTAL_TS_SYS_HOOK'] = '1';
