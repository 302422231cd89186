import { defineChannel } from '../channel-type.ts';

/** Writes a file for the node exporter's textfile collector, which requires a name that ends in `.prom`. */
export const PROMETHEUS = defineChannel({
  kind: 'prometheus',
  fields: {
    path: {
      type: 'file',
      option: 'file',
      use: 'write:prom',
      label: 'watch.form.metrics',
      hint: 'watch.form.metrics.hint',
    },
  },
  target: ({ path }) => path,
  metricsFile: ({ path }) => path,
});
