import { EngineError } from '../src/errors.ts';
import { configureRegister } from '../src/register/assets.ts';
import { browserAssets } from '../src/register/assets-browser.ts';
import { checkSameColumns } from '../src/register/describe.ts';
import type { RegisterFile } from '../src/register/partition.ts';
import { holdLifeline } from '../src/workers/lifeline.ts';
import type { DescribeAnswer } from './describe-files.ts';

configureRegister(browserAssets);

const describe = (event: MessageEvent<readonly RegisterFile[]>): void => {
  const answer = (message: DescribeAnswer): void => self.postMessage(message);
  checkSameColumns(event.data).then(
    (description) => answer({ description }),
    (error: unknown) => answer({ error: EngineError.of(error).told }),
  );
};
holdLifeline(() => self.addEventListener('message', describe));
