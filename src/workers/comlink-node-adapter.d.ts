declare module 'comlink/dist/esm/node-adapter.mjs' {
  import type { Endpoint } from 'comlink';
  /** Makes a Comlink endpoint of a Node worker or message port; the package ships it without types. */
  export default function nodeEndpoint(worker: unknown): Endpoint;
}
