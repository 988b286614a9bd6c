import { browserAssets } from '../register/assets-browser.ts';
import { holdLifeline } from './lifeline.ts';
import { serve } from './worker.ts';

holdLifeline(() => serve(self, browserAssets));
