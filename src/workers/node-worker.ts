import { parentPort } from 'node:worker_threads';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { nodeAssets } from '../register/assets-node.ts';
import { serve } from './worker.ts';

serve(nodeEndpoint(parentPort!), nodeAssets);
