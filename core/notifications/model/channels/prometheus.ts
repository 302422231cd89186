import { defineChannel } from '../channel-type.ts';

/** A text file for the textfile collector of the node exporter, which expects a name that ends in `.prom`. */
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
