import { EngineError } from '../src/errors.ts';
import { configureRegister } from '../src/register/assets.ts';
import { browserAssets } from '../src/register/assets-browser.ts';
import { checkSameColumns } from '../src/register/describe.ts';
import type { RegisterFile } from '../src/register/partition.ts';
import type { DescribeAnswer } from './describe-files.ts';

configureRegister(browserAssets);

self.addEventListener('message', (event: MessageEvent<readonly RegisterFile[]>) => {
  const answer = (message: DescribeAnswer): void => self.postMessage(message);
  checkSameColumns(event.data).then(
    (description) => answer({ description }),
    (error: unknown) => answer({ error: EngineError.of(error).told }),
  );
});
