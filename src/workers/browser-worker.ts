import { browserAssets } from '../register/assets-browser.ts';
import { serve } from './worker.ts';

// The pool waits for this lock: it becomes free only when the worker is gone, however it went.
self.addEventListener(
  'message',
  (event: MessageEvent<{ lock: string }>) => {
    void navigator.locks.request(event.data.lock, () => {
      self.postMessage({ held: event.data.lock });
      return new Promise(() => {});
    });
    serve(self, browserAssets);
  },
  { once: true },
);
