import { expect, test } from 'vitest';
test('isolated', () => { expect(document.body).toBeTruthy(); console.log(navigator.userAgent, crossOriginIsolated) });
