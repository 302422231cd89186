/**
 * To be imported before the parser of Svelte components: TypeScript then reads all components at once. Otherwise it is
 * told of each one when it is that one's turn, and begins anew for each, which takes more than twice as long; and to
 * it, every component that another one uses takes any property.
 */
process.env['SVELTE_ESLINT_PARSER_EXPERIMENTAL_TS_SYS_HOOK'] = '1';
