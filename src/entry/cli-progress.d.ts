declare module 'cli-progress' {
  export interface BarOptions {
    readonly format?: string;
    readonly stream?: NodeJS.WritableStream;
    readonly clearOnComplete?: boolean;
    readonly hideCursor?: boolean;
    readonly fps?: number;
  }
  export const Presets: { readonly legacy: object };
  export class SingleBar {
    constructor(options: BarOptions, preset: object);
    start(total: number, value: number, payload: object): void;
    update(value: number, payload: object): void;
    setTotal(total: number): void;
    stop(): void;
  }
}
