/**
 * Used by Vite, svelte-check, ESLint and Vitest. Scripts contain only erasable TypeScript, which the Svelte compiler
 * strips, so there is no preprocessor.
 *
 * @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig}
 */
export default {};
