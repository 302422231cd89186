/**
 * Read by Vite, svelte-check, ESLint and Vitest. Scripts hold erasable TypeScript only, which the Svelte compiler
 * strips by itself, so there is no preprocessor.
 *
 * @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig}
 */
export default {};
